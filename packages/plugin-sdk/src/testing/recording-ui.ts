import type { Progress, Ui } from '@ingot/plugin-rpc'

/** What a user answers a question. */
export type Answer = (question: string) => string | Promise<string>

function nobody(question: string): never {
  throw new Error(`Nobody can answer in a test: ${question} Say how with "answer".`)
}

/** A host's ui that keeps what the user would have read. */
export class RecordingUi implements Ui {
  readonly lines: string[] = []
  readonly #answer: Answer

  constructor(answer: Answer = nobody) {
    this.#answer = answer
  }

  async say(text: string): Promise<void> {
    this.lines.push(text)
  }

  async message(text: string): Promise<void> {
    this.lines.push(text)
  }

  async error(text: string): Promise<void> {
    this.lines.push(text)
  }

  async ask(question: string): Promise<string> {
    this.lines.push(question)
    return this.#answer(question)
  }

  async machine(category: string, args: readonly string[]): Promise<void> {
    this.lines.push([category, ...args].join(','))
  }

  async trackProgress(): Promise<Progress> {
    return { add: async () => {}, close: async () => {} }
  }
}
