import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The first of these programs that the PATH has, with where it is. */
export async function findProgram<Name extends string>(
  names: readonly Name[],
  env: Environment = process.env,
): Promise<{ readonly name: Name; readonly path: string } | undefined> {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(Boolean)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name + suffix)
      if (await isExecutable(path)) return { name, path }
    }
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
