import { spawnSync } from 'node:child_process'

/**
 * Whether a program that a test judges by is here. Where it is not, the test is skipped and says so; where `CI` is set that is
 * a failure.
 */
export function isInstalled(program: string, debianPackage: string): boolean {
  if (spawnSync(program, ['--version']).error === undefined) return true
  const remedy = `${program} is not installed: apt-get install ${debianPackage}`
  if (process.env['CI']) throw new Error(remedy)
  console.warn(`Skipped, because ${remedy}`)
  return false
}
