"""A language server on its standard input and output, asked one question at a time."""

import json
import subprocess
import time


class Server:
    def __init__(self, command, root, options, environment):
        self.options = options
        self.process = subprocess.Popen(
            command,
            cwd=root,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.asked = 0
        self.versions = {}
        self.is_idle = False
        self.health = None
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
                "initializationOptions": options,
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {
                        "hover": {"contentFormat": ["markdown"]},
                        "completion": {"completionItem": {"labelDetailsSupport": True}},
                    },
                    "experimental": {"serverStatusNotification": True},
                },
            },
        )
        self.tell("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def receive(self):
        """The next answer; what the server says or asks before it is dealt with here."""
        while True:
            length = 0
            while line := self.process.stdout.readline().strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                raise SystemExit("the language server has ended")
            message = json.loads(self.process.stdout.read(length))
            method, params = message.get("method"), message.get("params")
            if method is None:
                return message
            if "id" in message:
                result = None
                if method == "workspace/configuration":
                    result = [self.options for _ in params["items"]]
                self.send({"id": message["id"], "result": result})
            elif method == "experimental/serverStatus":
                self.is_idle = params["quiescent"]
                self.health = params["health"], params.get("message")

    def ask(self, method, params, patience=20):
        """The answer; asked again while the server is about to look at something else."""
        for _ in range(patience):
            self.asked += 1
            self.send({"id": self.asked, "method": method, "params": params})
            answer = self.receive()
            assert answer["id"] == self.asked
            if "error" not in answer:
                return answer["result"]
            time.sleep(0.3)
        raise SystemExit(f"{method}: {answer['error']['message']}")

    def show(self, path, text):
        """What is in the editor; the file on disk stays as it is."""
        uri = path.as_uri()
        version = self.versions[uri] = self.versions.get(uri, 0) + 1
        if version == 1:
            document = {"uri": uri, "languageId": "rust", "version": 1, "text": text}
            self.tell("textDocument/didOpen", {"textDocument": document})
        else:
            document = {"uri": uri, "version": version}
            changes = [{"text": text}]
            self.tell(
                "textDocument/didChange", {"textDocument": document, "contentChanges": changes}
            )

    def wait(self, path, seconds):
        """Until the project is loaded, macros and all."""
        end = time.monotonic() + seconds
        while not self.is_idle:
            if time.monotonic() > end:
                raise SystemExit(f"rust-analyzer is not ready after {seconds} seconds")
            time.sleep(0.2)
            # Its messages are read while it is asked something.
            self.ask("textDocument/foldingRange", {"textDocument": {"uri": path.as_uri()}})

    def stop(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.wait(10)
