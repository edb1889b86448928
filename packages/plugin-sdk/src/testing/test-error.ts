import { messageOf } from '../errors/message-of.ts'
import type { RecordingUi } from './recording-ui.ts'

/** A build that did not come to its end; the message is what the user of Packer reads. */
export class TestBuildError extends Error {
  override readonly name = 'TestBuildError'
  /** All that the user read before. */
  readonly output: string

  constructor(message: string, output: string, cause: unknown) {
    super(message, { cause })
    this.output = output
  }
}

/** Runs a part of a build; its failure becomes one of the test's. */
export async function told<T>(ui: RecordingUi, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw new TestBuildError(messageOf(error), ui.lines.join('\n'), error)
  }
}
