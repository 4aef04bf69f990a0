"""What python3-websockets 10 (Debian 12) and 15 (Debian 13) call differently."""
import inspect

import websockets

# Its argument for further headers of the request.
HEADERS = ("additional_headers"
           if "additional_headers" in inspect.signature(websockets.connect).parameters
           else "extra_headers")

# What it raises when the server answers with another status than 101.
Refused = (websockets.InvalidStatus if HEADERS == "additional_headers"
           else websockets.InvalidStatusCode)


def status_of(refused):
    """The status that the server answered with."""
    response = getattr(refused, "response", None)
    return response.status_code if response else refused.status_code


def extensions_of(socket):
    """What was agreed on."""
    return getattr(socket, "protocol", socket).extensions
