import type { Ui } from '@ingot/plugin-rpc'

export interface RecordingUi extends Ui {
  /** What was said, in order: `say: hello`. */
  readonly said: string[]
}

/** A user who reads everything, and answers questions with what is given. */
export function recordingUi(answer?: string): RecordingUi {
  const said: string[] = []
  const keep = (how: string) => async (text: string) => void said.push(`${how}: ${text}`)
  return {
    said,
    say: keep('say'),
    message: keep('message'),
    error: keep('error'),
    machine: async (category, args) => void said.push(`machine: ${category} ${args.join(' ')}`),
    ask: async (question) => {
      said.push(`ask: ${question}`)
      if (answer === undefined) throw new Error('no available tty')
      return answer
    },
    trackProgress: async ({ source, totalSize }) => {
      let shown = 0
      const add = async (bytes: number) => {
        shown += bytes
      }
      return { add, close: async () => void said.push(`progress: ${source} ${shown} of ${totalSize}`) }
    },
  }
}
