"""The SRO Program Dashboard: from exported rows to figures that can be published."""

__version__ = "0.1.0"
