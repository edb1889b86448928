import { createInterface } from 'node:readline/promises'
import { UserError } from './explain.ts'

/** What a command must have before it takes something away. */
export interface Confirmation {
  /** Whether `--yes` was given. */
  readonly yes: boolean | undefined
  /** What would happen, for example `Deletes the bucket web with 12 versions.` */
  readonly what: string
}

/**
 * Goes on only when the user means it.
 *
 * @throws UserError when the answer is no, or nobody can be asked
 */
export async function confirm({ yes, what }: Confirmation, io = terminal): Promise<void> {
  if (yes) return
  if (!io.asks) throw new UserError(`${what} Nobody can be asked here: add --yes to do it.`)
  const answer = await io.ask(`${what} Go on? [y/N] `)
  if (!/^y(es)?$/i.test(answer.trim())) throw new UserError('Nothing was changed.')
}

/** The question goes to standard error, so that results can be piped. */
const terminal = {
  asks: process.stdin.isTTY === true,
  async ask(question: string): Promise<string> {
    using lines = createInterface({ input: process.stdin, output: process.stderr })
    return await lines.question(question)
  },
}
