"""A browser for tests: Chromium without a window, spoken to in its own protocol (CDP) over a WebSocket."""

import base64
import itertools
import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE_SECONDS = 120


class LeftError(Exception):
    """Chromium could not do it, as a rule because the page is just being left for another."""


class Page:
    """The one open page."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._ids = itertools.count(1)
        self.requested: list[str] = []
        """Every address that anything on the page has asked for."""
        self.refused: list[str] = []
        """Those of them that the page's own content security policy kept from being asked for."""
        self._addresses: dict[str, str] = {}
        for domain in ("Page", "Network", "Runtime"):
            self._call(f"{domain}.enable")

    def open(self, url: str) -> None:
        """Go to an address; `wait_for` says when it is there."""
        self._call("Page.navigate", url=url)

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        answer = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait_for(self, script: str) -> Any:
        """The value of an expression (true for an object) as soon as there is one; one that fails is not there yet."""
        plain = f"(value => value instanceof Object || value?.nodeType ? true : value)({script})"
        script_or_null = f"(() => {{ try {{ return {plain} }} catch {{ return null }} }})()"
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with suppress(LeftError):
                if value := self.run(script_or_null):
                    return value
            time.sleep(0.2)
        raise AssertionError(f"in vain: {script}; the page says: {self.text()[:500]}")

    def text(self) -> str:
        """Return the text of the page."""
        return str(self.run("document.body ? document.body.innerText : ''"))

    def type_into(self, selector: str, text: str) -> None:
        """Click on a field and type."""
        self.wait_for(f"document.querySelector({json.dumps(selector)})")
        self.run(f"document.querySelector({json.dumps(selector)}).focus()")
        self._call("Input.insertText", text=text)

    def set_cookie(self, url: str, name: str, value: str) -> None:
        """Give the browser a cookie of a site."""
        self._call("Network.setCookie", url=url, name=name, value=value)

    def press(self, key: str) -> None:
        """Press a key and release it."""
        codes = {"Tab": 9, "Enter": 13}
        for kind in ("rawKeyDown", "keyUp"):
            self._call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=codes[key])

    def look(self, *, width: int, height: int, is_dark: bool) -> None:
        """Show pages in a window of another size, to a person who prefers light or dark colours."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])
        self._call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def screenshot(self, path: Path) -> None:
        """Return the part of the page that is in view, as a PNG."""
        path.write_bytes(base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"]))

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._ids)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._connection.recv(timeout=PATIENCE_SECONDS))
            self._note(message.get("method", ""), message.get("params", {}))
            if message.get("id") == number:
                if "error" in message:
                    raise LeftError(f"{method}: {message['error']['message']}")
                return dict(message["result"])

    def _note(self, event: str, parameters: dict[str, Any]) -> None:
        if event == "Network.requestWillBeSent":
            self.requested.append(parameters["request"]["url"])
            self._addresses[parameters["requestId"]] = parameters["request"]["url"]
        elif event == "Network.loadingFailed" and parameters.get("blockedReason") == "csp":
            self.refused.append(self._addresses[parameters["requestId"]])


@contextmanager
def browser(folder: Path, width: int = 1400, height: int = 1000) -> Iterator[Page]:
    """Start Chromium with a profile in `folder`; it is gone at the end."""
    assert PROGRAM
    command = [
        PROGRAM,
        "--headless=new",
        "--no-sandbox",  # it runs as root in a container, and opens our own pages only
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--remote-debugging-port=0",
        f"--user-data-dir={folder}",
        f"--window-size={width},{height}",
        "about:blank",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            port = _port(folder / "DevToolsActivePort", process)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=60) as answer:
                target = next(target for target in json.load(answer) if target["type"] == "page")
            with connect(target["webSocketDebuggerUrl"], max_size=None) as connection:
                yield Page(connection)
        finally:
            process.terminate()


def _port(file: Path, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (file.exists() and file.read_text().count("\n")):
        assert process.poll() is None, "Chromium ended while starting"
        assert time.monotonic() < deadline, "Chromium did not start"
        time.sleep(0.1)
    return file.read_text().split("\n")[0]
