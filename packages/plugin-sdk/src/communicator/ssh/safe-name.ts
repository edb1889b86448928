import { SshError } from './ssh-error.ts'

/** The name of a file that the machine says to be in a directory. @throws SshError `file` where it would lead out of it. */
export function safeName(name: string): string {
  const separators = process.platform === 'win32' ? /[/\\:]/ : /\//
  if (name !== '' && name !== '.' && name !== '..' && !separators.test(name) && !name.includes('\0'))
    return name
  throw new SshError(
    'file',
    `The machine sends a file with a name that leads elsewhere: ${JSON.stringify(name.slice(0, 80))}`,
  )
}
