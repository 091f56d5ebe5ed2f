#!/usr/bin/env python3
"""Runs every query of the Grafana dashboard against a real Prometheus, which scrapes a real job.

    tools/grafana/check.py [further arguments of Maven, such as -Dflink.version=2.3.0]

The job is the main example, against the simulator, from a day ago on; all of it stays on this machine.
Needs Maven, a JDK 17, and `prometheus` on the path (Debian: apt-get install prometheus). Fails when a
query gives nothing for as long as PATIENCE seconds.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PATIENCE = 600
VARIABLES = {"$__rate_interval": "1m", "$job": ".*"}
CONFIGURATION = """
global: {scrape_interval: 5s, scrape_timeout: 5s}
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


def wait_for(url):
    for _ in range(PATIENCE):
        try:
            return get(url)
        except OSError:
            time.sleep(1)
    sys.exit(f"no answer from {url}")


def start(command, **options):
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, **options)


def stop(process):
    """With all that it started."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
    except ProcessLookupError:
        pass
    process.wait()


def start_prometheus(work, address):
    (work / "prometheus.yml").write_text(CONFIGURATION)
    return start(
        [
            shutil.which("prometheus") or sys.exit("prometheus is not on the path"),
            f"--config.file={work}/prometheus.yml",
            f"--storage.tsdb.path={work}/data",
            f"--web.listen-address={address}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def start_simulator(port):
    return start(
        ["mvn", "-B", "-q", "-pl", "vidicenter-simulator", "compile", "exec:java"]
        + [f"-Dexec.args=--port {port}"],
        stdout=subprocess.DEVNULL,
    )


def start_job(port):
    return start(
        ["mvn", "-B", "-q", "-Pdemo,prometheus", "-pl", "flink-examples", "-am", "package"]
        + [f"-Dvidicenter.url=http://127.0.0.1:{port}/api/v1/"]
        + ["-Dvidicenter.username=demo", "-Dvidicenter.token=demo-token"]
        + ["-Dvidicenter.locations=1056,1234"]
        + sys.argv[1:]
    )


def queries():
    for panel in json.loads((HERE / "vidicenter.json").read_text())["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]


def ask(address, query):
    """The series of a query, with their values now."""
    for name, value in VARIABLES.items():
        query = query.replace(name, value)
    parameters = urllib.parse.urlencode({"query": query})
    result = get(f"http://{address}/api/v1/query?{parameters}")["data"]["result"]
    return [float(series["value"][1]) for series in result]


def answered(address, job):
    """Each panel's query with its values, as soon as all have some or patience is over."""
    until = time.time() + PATIENCE
    while True:
        answers = [(title, query, ask(address, query)) for title, query in queries()]
        if all(values for _, _, values in answers) or time.time() > until:
            return answers
        if job.poll() is not None:
            sys.exit(f"the job ended with status {job.returncode}")
        time.sleep(5)


def main():
    address = f"127.0.0.1:{free_port()}"
    port = free_port()
    processes = []
    with tempfile.TemporaryDirectory() as work:
        try:
            processes.append(start_prometheus(pathlib.Path(work), address))
            processes.append(start_simulator(port))
            wait_for(f"http://{address}/api/v1/status/buildinfo")
            wait_for(f"http://127.0.0.1:{port}/simulator/audit/")
            processes.append(start_job(port))
            answers = answered(address, processes[-1])
        finally:
            for process in reversed(processes):
                stop(process)
    print(f"{'series':>6} {'highest':>12}  panel: query")
    for title, query, values in answers:
        highest = f"{max(values):.6g}" if values else "-"
        print(f"{len(values):>6} {highest:>12}  {title}: {re.sub('[{].*?[}]', '', query)}")
    empty = sum(not values for _, _, values in answers)
    sys.exit(f"{empty} queries gave nothing" if empty else 0)


if __name__ == "__main__":
    main()
