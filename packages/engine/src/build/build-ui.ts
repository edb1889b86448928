import type { Progress, Transfer, Ui } from '@ingot/plugin-rpc'
import type { OnEvent } from '../events.ts'

/** What a builder talks to: everything becomes an event; nobody is there to answer questions. */
export function buildUi(component: string, onEvent: OnEvent): Ui {
  const output = (kind: 'say' | 'message' | 'error') => async (text: string) => {
    onEvent({ type: 'output', component, kind, text })
  }
  let transfers = 0
  return {
    say: output('say'),
    message: output('message'),
    error: output('error'),
    async ask(question) {
      throw new Error(`Nobody is there to answer "${question}". Configure the build so that it does not ask.`)
    },
    async machine() {
      // Packer shows this to machines only, and events say all of it.
    },
    async trackProgress(transfer) {
      transfers += 1
      return track(transfer, { component, id: transfers, onEvent })
    },
  }
}

function track(
  transfer: Transfer,
  { component, id, onEvent }: { readonly component: string; readonly id: number; readonly onEvent: OnEvent },
): Progress {
  let done = transfer.currentSize
  const tell = (ended: boolean) => {
    onEvent({
      type: 'transfer',
      component,
      id,
      source: transfer.source,
      done,
      total: transfer.totalSize,
      ended,
    })
  }
  return {
    async add(bytes) {
      done += bytes
      tell(false)
    },
    async close() {
      tell(true)
    },
  }
}
