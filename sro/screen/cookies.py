"""Who a request of a browser comes from, by the cookie that Streamlit sealed at sign-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_origin_from_redirect_uri
from streamlit.errors import StreamlitAuthError
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)


def claims_in(cookies: Mapping[str, str]) -> dict[str, Any]:
    """The claims of a provider, as screens get them; nothing for a cookie that is forged, old or of elsewhere."""
    try:
        origin = get_origin_from_redirect_uri()
        decoded = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME) if origin else None
        return _parse_decoded_user_cookie(decoded, origin) if origin and decoded else {}
    except (StreamlitAuthError, ValueError, UnicodeError):
        return {}
