import { spawnSync } from 'node:child_process'

/** What `go version` says of the Go on the PATH; undefined where there is none. */
export function goVersion(): string | undefined {
  const { status, stdout } = spawnSync('go', ['version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
