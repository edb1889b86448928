import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type PackerVersion, packerProgram } from '../toolchain/programs.ts'
import { type Outcome, type RunningCommand, startCommand } from './command.ts'
import { temporaryFolder } from './folder.ts'
import { refuseRace } from './packer-race.ts'

/** One user's machine: a home, plugins, caches and files of its own, and one release of packer. */
export interface Workspace extends Disposable {
  readonly folder: string
  readonly version: PackerVersion
  /** Writes a file of the user's and says where it is. */
  write(name: string, content: string): string
  /** Copies a template of this suite into the folder. */
  template(name: string): string
  packer(args: readonly string[], how?: RunOptions): Promise<Outcome>
  startPacker(args: readonly string[], how?: RunOptions): RunningCommand
}

export interface RunOptions {
  /** On top of what every run gets; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Milliseconds; a run that takes longer fails. */
  readonly limit?: number
  /** Where `type` goes to: the program's input, or a terminal that it runs at, where packer asks its user. */
  readonly input?: 'pipe' | 'terminal'
}

export interface WorkspaceOptions {
  readonly version: PackerVersion
  /** The variables that point packer at a registry. */
  readonly access: Readonly<Record<string, string>>
  /** A folder of installed plugins, of which the workspace gets a copy. */
  readonly plugins?: string
}

const templates = join(import.meta.dirname, '..', 'templates')

export function openWorkspace({ version, access, plugins }: WorkspaceOptions): Workspace {
  const temporary = temporaryFolder()
  const folder = temporary.path
  for (const name of ['home', 'tmp', 'plugins']) mkdirSync(join(folder, name))
  if (plugins) cpSync(plugins, join(folder, 'plugins'), { recursive: true })

  const startPacker = (args: readonly string[], { env, limit = 60_000, input }: RunOptions = {}) =>
    startCommand({
      ...(input === 'terminal' ? atTerminal(version, args) : { file: packerProgram(version).binary, args }),
      input: input !== undefined,
      cwd: folder,
      env: present({ ...environment(folder), ...access, ...env }),
      limit,
      check: refuseRace,
    })
  return {
    folder,
    version,
    startPacker,
    write(name, content) {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
      return file
    },
    template(name) {
      cpSync(join(templates, name), join(folder, name))
      return name
    },
    async packer(args, how) {
      await using running = startPacker(args, how)
      return await running.done
    },
    [Symbol.dispose]: () => temporary[Symbol.dispose](),
  }
}

/** As `script` makes it: packer reads answers from its terminal, not from what it is given as input. */
function atTerminal(version: PackerVersion, args: readonly string[]) {
  const line = [packerProgram(version).binary, ...args].map((each) => `'${each.replaceAll("'", "'\\''")}'`)
  return { file: 'script', args: ['-qec', line.join(' '), '/dev/null'] }
}

/** Nothing of this machine's user gets in, and nothing but this machine can be reached: other addresses meet a closed port. */
function environment(folder: string): Record<string, string> {
  const closed = 'http://127.0.0.1:9'
  return {
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    PACKER_PLUGIN_PATH: join(folder, 'plugins'),
    PACKER_CONFIG_DIR: join(folder, 'home'),
    PACKER_CACHE_DIR: join(folder, 'tmp', 'cache'),
    CHECKPOINT_DISABLE: '1',
    HTTP_PROXY: closed,
    HTTPS_PROXY: closed,
  }
}

function present(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
