import type { ProvisionCall, Provisioner } from '../components.ts'
import type { RpcClient } from '../net-rpc/client.ts'
import { ServiceTable } from '../net-rpc/service-table.ts'
import { communicatorClient } from './communicator-client.ts'
import { readConfigs, writeConfigs } from './config-elements.ts'
import { readSpecReply, specReply } from './config-spec.ts'
import { readGeneratedData } from './generated-data.ts'
import { offerMachine } from './offer-machine.ts'
import { aborted, cancelWhenTaken, type Peer, reach } from './peer.ts'
import type { Runs } from './runs.ts'
import { asFields, asStreamId } from './shape.ts'
import { uiClient } from './ui.ts'

/** The root service of a plugin process for one provisioner, which may run several times. */
export function serveProvisioner(provisioner: Provisioner, peer: Peer, runs: Runs): ServiceTable {
  return new ServiceTable().add('Provisioner', {
    ConfigSpec: async () => specReply('ConfigSpec', await provisioner.configSpec(), peer),
    Prepare: (argument) => {
      runs.renew()
      return provisioner.prepare(readConfigs(argument))
    },
    Provision: (argument) => runs.run((signal) => provision(provisioner, peer, { argument, signal })),
    Cancel: () => runs.cancel(aborted('The provisioner was cancelled.')),
  })
}

/** Dials before anything slow: the host waits five seconds for it. */
async function provision(
  provisioner: Provisioner,
  peer: Peer,
  call: { argument: unknown; signal: AbortSignal },
): Promise<void> {
  const fields = asFields(call.argument, 'The argument of Provision')
  const callbacks = await reach(peer, asStreamId(fields['StreamID'], "The provisioner's stream id"))
  const ui = uiClient(callbacks, peer)
  try {
    call.signal.throwIfAborted()
    await provisioner.provision({
      ui,
      communicator: communicatorClient(callbacks, peer),
      data: readGeneratedData(fields['GeneratedData']),
      signal: call.signal,
    })
  } finally {
    await ui.settled()
    callbacks.close()
  }
}

export function provisionerClient(rpc: RpcClient, peer: Peer): Provisioner {
  return {
    configSpec: async () => readSpecReply('ConfigSpec', await rpc.call('Provisioner.ConfigSpec'), peer),
    prepare: async (configs) => {
      await rpc.call('Provisioner.Prepare', writeConfigs(configs))
    },
    provision: (call) => callProvision(rpc, peer, call),
  }
}

async function callProvision(rpc: RpcClient, peer: Peer, call: ProvisionCall): Promise<void> {
  const { ui, communicator, data, signal } = call
  signal.throwIfAborted()
  const callbacks = offerMachine(peer, { communicator, ui })
  const stop = cancelWhenTaken(callbacks, { peer, rpc, method: 'Provisioner.Cancel', signal })
  try {
    await rpc.call('Provisioner.Provision', { GeneratedData: data, StreamID: callbacks.id })
  } finally {
    stop()
    void callbacks.close()
  }
}
