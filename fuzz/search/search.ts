import type { Target } from '../target.ts'
import { Coverage } from './coverage.ts'
import { mutate } from './mutate.ts'
import { random } from './random.ts'

/** Inputs between two looks at what was reached. */
const BATCH = 128

/** Milliseconds that one input may take. */
export const SLOW = 3_000

/** An input that a decoder does not read as it should. */
export interface Finding {
  readonly what: string
  readonly input: Uint8Array
}

/** How a search came out. */
export interface Searched {
  readonly inputs: number
  /** Inputs that were kept because they reached something, the seeds among them. */
  readonly kept: number
  /** How often something was reached for the first time. */
  readonly steps: number
  readonly finding: Finding | undefined
}

export interface SearchOptions {
  readonly milliseconds: number
  readonly seed: number
  /** Told of each input before it is tried. */
  readonly onInput: (input: Uint8Array) => void
}

/** Tries inputs until the time is over or one is a finding. Those that reach something new are what others are made of. */
export async function search(target: Target, options: SearchOptions): Promise<Searched> {
  using coverage = new Coverage(target.covers)
  const trial = new Trial(target, coverage, options.onInput)
  const pick = random(options.seed)
  const end = performance.now() + options.milliseconds
  await trial.keep(target.seeds())
  if (trial.corpus.length === 0)
    throw new Error(`No seed of ${target.name} reaches anything of ${target.covers}`)
  while (!trial.finding && performance.now() < end) {
    await trial.keep(Array.from({ length: BATCH }, () => mutate(trial.corpus, pick)))
  }
  const { inputs, corpus, finding } = trial
  return { inputs, kept: corpus.length, steps: coverage.steps, finding }
}

class Trial {
  readonly corpus: Uint8Array[] = []
  inputs = 0
  finding: Finding | undefined
  readonly #target: Target
  readonly #coverage: Coverage
  readonly #onInput: SearchOptions['onInput']

  constructor(target: Target, coverage: Coverage, onInput: SearchOptions['onInput']) {
    this.#target = target
    this.#coverage = coverage
    this.#onInput = onInput
  }

  /** Tries them, and keeps those that reach something new: by halves, since a look takes as long as many inputs. */
  async keep(inputs: readonly Uint8Array[]): Promise<void> {
    await this.run(inputs)
    const news = this.#coverage.news()
    if (news.size === 0) return
    if (inputs.length > 1) {
      const middle = inputs.length >> 1
      await this.keep(inputs.slice(0, middle))
      await this.keep(inputs.slice(middle))
    } else {
      this.corpus.push(...inputs)
      this.#coverage.learn(news)
    }
  }

  async run(batch: readonly Uint8Array[]): Promise<void> {
    for (const input of batch) {
      if (this.finding) return
      this.inputs += 1
      this.#onInput(input)
      const what = await complaint(this.#target, input)
      if (what !== undefined) this.finding = { what, input }
    }
  }
}

/** What is wrong with how an input was read. */
export async function complaint(target: Target, input: Uint8Array): Promise<string | undefined> {
  const start = performance.now()
  try {
    // Most decoders answer at once; to wait for those would take as long as they do.
    const answer = target.decode(input)
    if (answer instanceof Promise) await answer
  } catch (error) {
    if (!(error instanceof Error)) return `threw ${String(error)}, which is no error`
    if (!target.refuses.includes(error.name)) return error.stack ?? String(error)
  }
  const milliseconds = performance.now() - start
  return milliseconds > SLOW ? `took ${milliseconds.toFixed(0)} ms` : undefined
}
