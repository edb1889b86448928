import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A block of code of a page whose first line says which file it is: `// src/builder.ts`, `# web.pkr.hcl`. */
export interface DocumentedFile {
  readonly name: string
  readonly text: string
}

/** How a process ended, and what it printed. */
export interface Ran {
  readonly status: number | null
  readonly output: string
}

const root = join(import.meta.dirname, '..')

/** The files that a page shows, in its order. */
export function documentedFiles(page: string): DocumentedFile[] {
  const text = readFileSync(join(root, page), 'utf8')
  const blocks = text.matchAll(/```(?:ts|hcl)\n(?:\/\/|#) (\S+)\n([\s\S]*?)```/g)
  return [...blocks].map(([, name, text]) => ({ name: name!, text: text! }))
}

/** The commands of a page that begin so, as their arguments: `ingot plugin` of `npx ingot plugin check x`. */
export function documentedCommands(page: string, start: string): string[][] {
  const text = readFileSync(join(root, page), 'utf8')
  const lines = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.split('\n'))
  const commands = lines.map((line) => line.replace(/\s+#.*$/, '').split(' '))
  return commands.filter((words) => words.join(' ').startsWith(start)).map((words) => words.slice(1))
}

/** A project of what pages show, in a folder of its own, with the packages of this repository. */
export class DocumentedProject implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'ingot-documented-'))

  constructor(files: readonly DocumentedFile[]) {
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'dir')
    const compilerOptions = { typeRoots: [join(root, 'node_modules', '@types')] }
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions,
      include: ['src', 'test'],
      exclude: [],
    }
    const project = [
      { name: 'package.json', text: '{ "type": "module" }' },
      { name: 'tsconfig.json', text: JSON.stringify(config) },
    ]
    for (const { name, text } of [...project, ...files]) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true })
      writeFileSync(join(this.folder, name), text)
    }
  }

  /** What the compiler finds wrong; empty where there is nothing. */
  compile(): string {
    return this.node(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', this.folder).output
  }

  /** Runs the tests with vitest. */
  test(files: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    return this.#run([vitest, 'run', '--root', this.folder, ...files], env)
  }

  /** Runs a module in the folder. */
  node(...args: readonly string[]): Ran {
    return this.#run(args, {})
  }

  #run(args: readonly string[], env: NodeJS.ProcessEnv): Ran {
    const how = { cwd: this.folder, encoding: 'utf8', timeout: 120_000 } as const
    const ran = spawnSync(process.execPath, args, { ...how, env: { ...process.env, ...env } })
    return { status: ran.status, output: ran.stdout + ran.stderr }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
