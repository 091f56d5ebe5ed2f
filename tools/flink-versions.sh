#!/usr/bin/env bash
# The tests on all versions of Flink that are supported:
#
#   tools/flink-versions.sh [all | whole | smoke]
#
# whole   all tests, on the oldest and the newest version, each compiled against; the dashboard's on
#         the oldest, since Flink's JDBC connector is published for one version each
# smoke   one and the same SQL jar, compiled against the oldest, in real clusters of those in between
#
# JAVA_HOME chooses the JDK: 17 or newer. Not all patch releases can be had as Maven artifacts: 1.20.4,
# 1.20.5, 2.0.1, 2.1.1 and 2.2.1 have no SQL client, and no version has a flink-dist.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

OLDEST=1.20.3
NEWEST=2.3.0
BETWEEN=2.0.0,2.1.0,2.2.0

what=${1:-all}
failed=()
run() { # name command...
  local name=$1 start=$SECONDS
  shift
  echo "== $name"
  "$@" || failed+=("$name")
  echo "== $name: $((SECONDS - start)) s"
}

if [[ $what == all || $what == whole ]]; then
  # The default; named, it would leave the dashboard out.
  run "all tests on Flink $OLDEST" mvn -B -ntp clean verify
  run "all tests on Flink $NEWEST" mvn -B -ntp clean verify "-Dflink.version=$NEWEST"
fi
if [[ $what == all || $what == smoke ]]; then
  run "the jar for $OLDEST on Flink $BETWEEN" mvn -B -ntp clean verify \
    -pl flink-sql-connector-vidicenter -am "-Dflink.cluster.versions=$BETWEEN" \
    -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=SqlJarIT,SqlClientIT
fi

if ((${#failed[@]})); then
  printf 'failed: %s\n' "${failed[@]}" >&2
  exit 1
fi
