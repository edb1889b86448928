import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { type Component, components, type License, licenses } from './choices.ts'
import { CreateError } from './create-error.ts'
import type { CreateOptions } from './create-plugin.ts'
import { checkName, checkOwner, nameOfFolder } from './names.ts'

/** What the command line says of the plugin. */
export type Flags = ReturnType<typeof readFlags>

/** @throws CreateError `usage` for what the command does not know. */
export function readFlags(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        component: { type: 'string' },
        dir: { type: 'string' },
        owner: { type: 'string' },
        license: { type: 'string' },
        sdk: { type: 'string' },
        yes: { type: 'boolean', short: 'y', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', short: 'v', default: false },
      },
    })
    if (positionals.length <= 1) return { ...values, dir: values.dir ?? positionals[0] }
    throw new Error(`One folder at a time, not ${positionals.join(' and ')}`)
  } catch (error) {
    throw new CreateError('usage', `${(error as Error).message}. Add --help for what there is.`, error)
  }
}

type Answers = Omit<CreateOptions, 'year'>

/** What stands where nothing is said: a builder, in a folder that Packer's plugins have the names of. */
export function completed(flags: Flags): Answers {
  const name = flags.name ?? (flags.dir === undefined ? undefined : nameOfFolder(flags.dir))
  if (name === undefined) {
    throw new CreateError('usage', 'What is the plugin called? Say it with --name, as in --name happy-cloud.')
  }
  checkName(name)
  return {
    name,
    folder: flags.dir ?? `packer-plugin-${name}`,
    component: oneOf('component', components, flags.component ?? 'builder'),
    owner: flags.owner ?? 'example',
    license: oneOf('license', licenses, flags.license ?? 'apache-2.0'),
    ...(flags.sdk === undefined ? {} : { sdk: flags.sdk }),
  }
}

function oneOf<Choice extends string>(flag: string, choices: readonly Choice[], value: string): Choice {
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  throw new CreateError('usage', `--${flag} is "${value}": it must be ${choices.join(', ')}.`)
}

interface Terminal {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

/** Asks for what the command line leaves open; an answer that cannot be is asked for again. */
export async function asked(flags: Flags, terminal: Terminal): Promise<Answers> {
  const reader = createInterface(terminal)
  const over = new AbortController()
  reader.once('close', () => over.abort())
  const ask = async (question: string, usual: string, check: (answer: string) => void): Promise<string> => {
    for (;;) {
      const answer = (await reader.question(`${question} (${usual}) `, over)).trim() || usual
      const problem = problemOf(() => check(answer))
      if (problem === undefined) return answer
      terminal.output.write(`${problem}\n`)
    }
  }
  const choose = <Choice extends string>(flag: string, choices: readonly Choice[]) =>
    ask(`${flag}: ${choices.join(', ')}?`, choices[0]!, (answer) => void oneOf(flag, choices, answer))
  try {
    const usual = flags.dir === undefined ? 'happy-cloud' : nameOfFolder(flags.dir)
    const name = flags.name ?? (await ask('Name of the plugin?', usual, checkName))
    const dir = flags.dir ?? (await ask('Folder?', `packer-plugin-${name}`, () => {}))
    const component: Component | string = flags.component ?? (await choose('component', components))
    const owner = flags.owner ?? (await ask('Owner of the repository on GitHub?', 'example', checkOwner))
    const license: License | string = flags.license ?? (await choose('license', licenses))
    return completed({ ...flags, name, dir, component, owner, license })
  } catch (error) {
    if (over.signal.aborted) throw new CreateError('usage', 'Nothing was made.', error)
    throw error
  } finally {
    reader.close()
  }
}

function problemOf(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
