import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Patch } from './twin.ts'

/** Makes a folder in which copies of packages find what they import. */
export function prepareCopies(folder: string): void {
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
}

/** Copies a package's sources into a folder of the given name; its tests are those beside them. */
export function copyPackage(
  folder: string,
  { of, as }: { readonly of: string; readonly as: string },
): string {
  const copy = join(folder, 'packages', as)
  cpSync(join('packages', of, 'src'), join(copy, 'src'), { recursive: true })
  cpSync(join('packages', of, 'package.json'), join(copy, 'package.json'))
  return copy
}

/** Breaks a copy; throws when the piece to be replaced is not there exactly once. */
export function apply({ file, find, replace }: Patch, copy: string): void {
  const path = join(copy, file)
  const parts = readFileSync(path, 'utf8').split(find)
  if (parts.length !== 2)
    throw new Error(`${file} holds ${parts.length - 1} times what a twin replaces: ${find}`)
  writeFileSync(path, parts.join(replace))
}
