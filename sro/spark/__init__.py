"""Vintages built on Apache Spark: the same SQL, translated. What it needs besides is in requirements-spark.txt."""
