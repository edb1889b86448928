import { buffer } from 'node:stream/consumers'
import type { Communicator, RemoteCommand } from '@ingot/plugin-rpc'

/** What a command does on a machine that is none. */
export interface TestAnswer {
  readonly stdout?: string
  readonly stderr?: string
  /** 0 unless told. */
  readonly exitStatus?: number
}

/** A machine in memory, for tests of provisioners: it keeps what is done to it. */
export interface TestMachine {
  readonly communicator: Communicator
  /** What was run, in order. */
  readonly commands: readonly TestCommand[]
  /** By path; put some there for downloads. */
  readonly files: Map<string, TestFile>
  /** Directories that were copied, either way. */
  readonly directories: readonly TestDirectory[]
}

/** A command that was run. */
export interface TestCommand {
  readonly command: string
  /** Empty where it had none. */
  readonly stdin: string
}

/** A file of a test's machine. */
export interface TestFile {
  readonly content: Buffer
  /** Permissions, where they were told. */
  readonly mode?: number
}

/** A directory that was copied. */
export interface TestDirectory {
  readonly direction: 'upload' | 'download'
  readonly source: string
  readonly target: string
  readonly exclude: readonly string[]
}

/**
 * A machine in memory. `answer` says what a command does; unless told, it succeeds without a word.
 *
 * @example
 * const machine = testMachine(({ command }) => (command === 'uname' ? { stdout: 'Linux\n' } : {}))
 */
export function testMachine(
  answer: (command: TestCommand) => TestAnswer | Promise<TestAnswer> = () => ({}),
): TestMachine {
  const commands: TestCommand[] = []
  const files = new Map<string, TestFile>()
  const directories: TestDirectory[] = []
  const run = async (command: RemoteCommand) => {
    const asked = {
      command: command.command,
      stdin: command.stdin ? String(await buffer(command.stdin)) : '',
    }
    commands.push(asked)
    const { stdout = '', stderr = '', exitStatus = 0 } = await answer(asked)
    command.stdout?.write(stdout)
    command.stderr?.write(stderr)
    return exitStatus
  }
  const communicator: Communicator = {
    start: async (command) => ({ exitStatus: run(command) }),
    async upload({ path, source, info }) {
      files.set(path, { content: await buffer(source), ...(info ? { mode: info.mode } : {}) })
    },
    async download({ path, target }) {
      const file = files.get(path)
      if (!file) throw new Error(`There is no file ${path} on the machine`)
      await new Promise((resolve) => target.write(file.content, resolve))
    },
    async uploadDir(transfer) {
      directories.push({ direction: 'upload', ...transfer })
    },
    async downloadDir(transfer) {
      directories.push({ direction: 'download', ...transfer })
    },
  }
  return { communicator, commands, files, directories }
}
