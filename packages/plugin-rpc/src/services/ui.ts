import type { Progress, Transfer, Ui } from '../components.ts'
import type { RpcClient } from '../net-rpc/client.ts'
import type { ServiceTable } from '../net-rpc/service-table.ts'
import { type Peer, unlessItFails } from './peer.ts'
import { openProgress, ProgressServer } from './progress.ts'
import { asFields, asText, asTexts } from './shape.ts'

/** Adds `Ui`, and what tracks progress for it, to what a stream offers. */
export function serveUi(ui: Ui, services: ServiceTable): void {
  const progress = new ProgressServer(ui, services)
  services.add('Ui', {
    Say: (text) => ui.say(asText(text, 'A line of output')),
    Message: (text) => ui.message(asText(text, 'A line of output')),
    Error: (text) => ui.error(asText(text, 'A line of output')),
    Ask: (question) => ui.ask(asText(question, 'A question')),
    Machine: (argument) => {
      const fields = asFields(argument, 'Output for machines')
      return ui.machine(
        asText(fields['Category'], 'A category'),
        asTexts(fields['Args'], 'Output for machines'),
      )
    },
    NewTrackProgress: (argument) => progress.begin(argument),
  })
}

export interface UiClient extends Ui {
  /** Resolves when everything said before was taken. */
  settled(): Promise<void>
}

/**
 * The other end's `Ui`. What is said arrives in order even when nobody waits for it, since the other end takes
 * calls of one stream at the same time; that it was not taken only goes to the log.
 */
export function uiClient(rpc: RpcClient, peer: Peer): UiClient {
  let last = Promise.resolve()
  const inOrder = (method: string, argument: unknown): Promise<void> => {
    last = last.then(() => unlessItFails(peer, method, rpc.call(method, argument)))
    return last
  }
  return {
    say: (text) => inOrder('Ui.Say', text),
    message: (text) => inOrder('Ui.Message', text),
    error: (text) => inOrder('Ui.Error', text),
    machine: (category, args) => inOrder('Ui.Machine', { Category: category, Args: args }),
    ask: async (question) => {
      await last
      return asText(await rpc.call('Ui.Ask', question), 'The answer to a question')
    },
    trackProgress: async (transfer: Transfer): Promise<Progress> => {
      await last
      return openProgress(rpc, peer, transfer)
    },
    settled: () => last,
  }
}
