#!/usr/bin/env python3
"""Runs every query of the Grafana dashboard against a real Prometheus, which scrapes a real job.

    tools/grafana/check.py [further arguments of Maven, such as -Dflink.version=2.3.0]

The job is the main example, against the simulator; all of it stays on this machine. Needs Maven, a JDK
17, and `prometheus` on the path (Debian: apt-get install prometheus). Fails when a query gives nothing.
"""

import json
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VARIABLES = {"$__rate_interval": "15s", "$job": ".*", "$table": ".*"}
CONFIGURATION = """
global: {scrape_interval: 1s, scrape_timeout: 1s}
scrape_configs:
  - job_name: flink
    static_configs: [{targets: ["127.0.0.1:9249"]}]
"""


def free_port():
    with socket.socket() as socket_:
        socket_.bind(("127.0.0.1", 0))
        return socket_.getsockname()[1]


def get(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return json.load(answer)


def start_prometheus(work, address):
    (work / "prometheus.yml").write_text(CONFIGURATION)
    process = subprocess.Popen(
        [
            shutil.which("prometheus") or sys.exit("prometheus is not on the path"),
            f"--config.file={work}/prometheus.yml",
            f"--storage.tsdb.path={work}/data",
            f"--web.listen-address={address}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=(work / "prometheus.log").open("w"),
    )
    for _ in range(100):
        try:
            get(f"http://{address}/api/v1/status/buildinfo")
            return process
        except OSError:
            time.sleep(0.1)
    sys.exit(f"Prometheus does not answer; its log:\n{(work / 'prometheus.log').read_text()}")


def queries():
    for panel in json.loads((HERE / "vidicenter.json").read_text())["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]


def ask(address, query, since):
    """The series of a query over the time of the run, with their last values."""
    for name, value in VARIABLES.items():
        query = query.replace(name, value)
    parameters = urllib.parse.urlencode(
        {"query": query, "start": since, "end": time.time(), "step": "1"}
    )
    series = get(f"http://{address}/api/v1/query_range?{parameters}")["data"]["result"]
    return [[float(value) for _, value in one["values"]] for one in series]


def main():
    address = f"127.0.0.1:{free_port()}"
    with tempfile.TemporaryDirectory() as work:
        prometheus = start_prometheus(pathlib.Path(work), address)
        try:
            since = time.time()
            subprocess.run(
                ["mvn", "-B", "-q", "-Pdemo,prometheus", "-pl", "flink-examples", "-am", "package"]
                + sys.argv[1:],
                cwd=ROOT,
                check=True,
            )
            empty = 0
            print(f"{'series':>6} {'samples':>7} {'last':>12} {'highest':>12}  panel: query")
            for title, query in queries():
                series = ask(address, query, since)
                samples = [value for values in series for value in values]
                empty += not samples
                print(
                    f"{len(series):>6} {len(samples):>7} "
                    + (f"{series[0][-1]:>12.6g} {max(samples):>12.6g}" if samples else f"{'-':>12} {'-':>12}")
                    + f"  {title}: {re.sub(r'[{].*?[}]', '', query)}"
                )
        finally:
            prometheus.terminate()
            prometheus.wait()
    sys.exit(f"{empty} queries gave nothing" if empty else 0)


if __name__ == "__main__":
    main()
