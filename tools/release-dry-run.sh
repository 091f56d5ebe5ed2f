#!/usr/bin/env bash
# Makes a release of the last commit, and sends it nowhere: needs no credentials, changes nothing
# outside of its own directory. Arguments are passed on to Maven; offline it does not deploy.
#
#   tools/release-dry-run.sh [maven arguments]
#
# It builds twice, in different places, zones and languages, and fails where a jar differs in a byte;
# deploys the first build into a directory, and fails where an artifact is not complete.
set -euo pipefail
cd "$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)"

artifacts=(flink-connector-vidicenter flink-sql-connector-vidicenter vidicenter-simulator)
umask 022 # Maven writes the modes of files into jars, so a build depends on it.

work=$(mktemp -d "${TMPDIR:-/tmp}/vidicenter-release.XXXXXX")
trap 'rm -rf "$work/one" "$work/another-place"' EXIT

build() { # directory, goal, further arguments
  mkdir "$1"
  git archive HEAD | tar -x -C "$1"
  (cd "$1" && mvn -B -q -Dstyle.color=never -Prelease -DskipTests \
    -pl "$(IFS=,; echo "${artifacts[*]}")" -am "${@:2}")
}

echo "Building $(git log -1 --format='%h %s') in $work"
(TZ=UTC LC_ALL=C build "$work/one" deploy -Dmaven.install.skip \
  -DaltDeploymentRepository="dry-run::file://$work/staging" "$@")
(TZ=Asia/Kathmandu LC_ALL=C.UTF-8 build "$work/another-place" package \
  -Duser.language=tr -Duser.country=TR "$@")

failed=0
jars() { find . -path '*/target/*.jar' -not -name 'original-*' | sort; }
for jar in $(cd "$work/one" && jars); do
  if cmp "$work/one/$jar" "$work/another-place/$jar"; then
    echo "same bytes: $(cd "$work/one" && sha256sum "$jar" | cut -c-16,65-)"
  else
    failed=1
  fi
done

for artifact in "${artifacts[@]}"; do
  for file in .pom .jar -sources.jar -javadoc.jar; do
    if compgen -G "$work/staging/io/github/vidicenter/$artifact/*/$artifact-*$file" >/dev/null; then
      continue
    fi
    echo "missing: $artifact*$file" >&2
    failed=1
  done
done

if [[ $failed -eq 0 ]]; then
  echo "Ready to publish: $work/staging"
fi
exit "$failed"
