"""The independent OpenID provider (`oidc-provider-mock`), as a process of its own on loopback.

`python -m tests.servers.openid` prints one line of JSON when it listens. A client has to be
registered, and is held to its secret and its address to come back to.
"""

from __future__ import annotations

import json
import os
import sys
import warnings


def main() -> None:
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback has no TLS
    warnings.simplefilter("ignore")  # of its own libraries, to each other
    from oidc_provider_mock import app
    from werkzeug.serving import make_server

    house = app(require_client_registration=True, require_nonce=True)
    server = make_server("127.0.0.1", 0, house, threaded=True)
    sys.stdout.write(json.dumps({"ready": True, "port": server.server_port}) + "\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
