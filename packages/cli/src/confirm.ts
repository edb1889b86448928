import { createInterface } from 'node:readline'
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

/** The question goes to standard error, so that results can be piped; Ctrl-C and Ctrl-D are as good as a no. */
const terminal = {
  asks: process.stdin.isTTY === true,
  ask(question: string): Promise<string> {
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    return new Promise((resolve) => {
      lines.once('close', () => {
        process.stderr.write('\n')
        resolve('')
      })
      lines.question(question, (answer) => {
        lines.removeAllListeners('close').close()
        resolve(answer)
      })
    })
  },
}
