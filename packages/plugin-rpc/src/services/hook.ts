import type { Communicator, Hook, HookCall } from '../components.ts'
import type { RpcClient } from '../net-rpc/client.ts'
import type { ServiceTable } from '../net-rpc/service-table.ts'
import { communicatorClient } from './communicator-client.ts'
import { readGeneratedData } from './generated-data.ts'
import { offerMachine } from './offer-machine.ts'
import { aborted, cancelWhenTaken, type Peer, reach } from './peer.ts'
import { asFields, asStreamId, asText } from './shape.ts'
import { uiClient } from './ui.ts'

/** A builder's hook: provisioning that the host does with the builder's communicator. */
export function hookClient(rpc: RpcClient, peer: Peer): Hook {
  return { run: (call) => callRun(rpc, peer, call) }
}

/** Waits for the host's answer also after an abort, so that a builder can let its provisioners clean up. */
async function callRun(rpc: RpcClient, peer: Peer, call: HookCall): Promise<void> {
  call.signal.throwIfAborted()
  const callbacks = offerMachine(peer, { ui: call.ui, communicator: call.communicator ?? noCommunicator })
  const stop = cancelWhenTaken(callbacks, { peer, rpc, method: 'Hook.Cancel', signal: call.signal })
  try {
    await rpc.call('Hook.Run', { Name: call.name, Data: call.data, StreamId: callbacks.id })
  } finally {
    stop()
    void callbacks.close()
  }
}

/** Every use of it is an error; Go's builders crash instead. */
const noCommunicator: Communicator = {
  start: refuse,
  upload: refuse,
  download: refuse,
  uploadDir: refuse,
  downloadDir: refuse,
}

async function refuse(): Promise<never> {
  throw new Error('This build has no machine to talk to: its builder has no communicator.')
}

/** Hook runs of one build. */
export interface Provisioning {
  /** Tells them to stop, and resolves when they have. */
  abort(): Promise<void>
}

/** The host's side, on the same stream as its `Ui`. */
export function serveHook(hook: Hook, services: ServiceTable, peer: Peer): Provisioning {
  const running = new Map<Promise<void>, AbortController>()
  const abortAll = () => {
    for (const cancel of running.values()) cancel.abort(aborted('Provisioning was cancelled.'))
  }
  services.add('Hook', {
    Run: async (argument) => {
      const cancel = new AbortController()
      const run = runHook(hook, peer, { argument, signal: cancel.signal })
      running.set(run, cancel)
      await run.finally(() => running.delete(run))
    },
    Cancel: abortAll,
  })
  return {
    abort: async () => {
      abortAll()
      await Promise.allSettled(running.keys())
    },
  }
}

/** Dials before anything slow: the builder waits five seconds for it. */
async function runHook(
  hook: Hook,
  peer: Peer,
  call: { argument: unknown; signal: AbortSignal },
): Promise<void> {
  const fields = asFields(call.argument, 'The argument of Hook.Run')
  const callbacks = await reach(peer, asStreamId(fields['StreamId'], "The hook's stream id"))
  const ui = uiClient(callbacks, peer)
  try {
    await hook.run({
      name: asText(fields['Name'], "The hook's name"),
      ui,
      communicator: communicatorClient(callbacks, peer),
      data: readGeneratedData(fields['Data']),
      signal: call.signal,
    })
  } finally {
    await ui.settled()
    callbacks.close()
  }
}
