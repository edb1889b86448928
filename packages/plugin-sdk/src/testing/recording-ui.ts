import type { Progress, Ui } from '@ingot/plugin-rpc'

/** A host's ui that keeps what the user would have read. */
export class RecordingUi implements Ui {
  readonly lines: string[] = []

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
    throw new Error(`Nobody can answer in a test: ${question}`)
  }

  async machine(category: string, args: readonly string[]): Promise<void> {
    this.lines.push([category, ...args].join(','))
  }

  async trackProgress(): Promise<Progress> {
    return { add: async () => {}, close: async () => {} }
  }
}
