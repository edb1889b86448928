import type { GoTarget } from '@ingot/plugin-rpc'
import { InvalidArgumentError } from 'commander'

/** The argument of `--platform`: `linux_amd64`, or as Go itself writes it `linux/amd64`. */
export function platform(text: string): GoTarget {
  const [, os, arch] = /^([a-z0-9]+)[_/]([a-z0-9]+)$/.exec(text) ?? []
  if (os !== undefined && arch !== undefined) return { os, arch }
  throw new InvalidArgumentError('Give OS_ARCH in Go’s names, for example windows_amd64.')
}

/** For an option that may be repeated. */
export function append(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}
