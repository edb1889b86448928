import type { Value } from '@ingot/cty'
import type { Datasource } from '../components.ts'
import type { RpcClient } from '../net-rpc/client.ts'
import { ServiceTable } from '../net-rpc/service-table.ts'
import { decodeValueGob } from '../value/decode-gob.ts'
import { decodeValueMsgpack } from '../value/decode-msgpack.ts'
import { encodeValueGob } from '../value/encode-gob.ts'
import { encodeValueMsgpack } from '../value/encode-msgpack.ts'
import { throwBodyError } from './body-error.ts'
import { readConfigs, writeConfigs } from './config-elements.ts'
import { readSpecReply, specReply } from './config-spec.ts'
import { aborted, onAbort, type Peer, unlessItFails } from './peer.ts'
import type { Runs } from './runs.ts'
import { asBytes, asFields } from './shape.ts'

/** The root service of a plugin process for one data source. */
export function serveDatasource(datasource: Datasource, peer: Peer, runs: Runs): ServiceTable {
  return new ServiceTable().add('Datasource', {
    ConfigSpec: async () => specReply('ConfigSpec', await datasource.configSpec(), peer),
    OutputSpec: async () => specReply('OutputSpec', await datasource.outputSpec(), peer),
    Configure: async (argument) => {
      await datasource.configure(readConfigs(argument))
      return { Error: null }
    },
    Execute: () => runs.run(async (signal) => valueReply(await executed(datasource, signal), peer)),
    Cancel: () => runs.cancel(aborted('The data source was cancelled.')),
  })
}

async function executed(datasource: Datasource, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted()
  return datasource.execute({ signal })
}

export function datasourceClient(rpc: RpcClient, peer: Peer): Datasource {
  return {
    configSpec: async () => readSpecReply('ConfigSpec', await rpc.call('Datasource.ConfigSpec'), peer),
    outputSpec: async () => readSpecReply('OutputSpec', await rpc.call('Datasource.OutputSpec'), peer),
    configure: async (configs) => {
      const reply = await rpc.call('Datasource.Configure', writeConfigs(configs))
      throwBodyError(asFields(reply, 'The answer to Configure')['Error'], 'Datasource.Configure')
    },
    execute: ({ signal }) => execute(rpc, peer, signal),
  }
}

async function execute(rpc: RpcClient, peer: Peer, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted()
  const call = rpc.call('Datasource.Execute')
  const stop = onAbort(signal, () => void unlessItFails(peer, 'Cancelling', rpc.call('Datasource.Cancel')))
  try {
    return readValueReply(await call, peer)
  } finally {
    stop()
  }
}

function valueReply(value: Value, { protobuf }: Peer): Record<string, unknown> {
  return { Value: protobuf ? encodeValueMsgpack(value) : encodeValueGob(value), Error: null }
}

function readValueReply(reply: unknown, { protobuf }: Peer): Value {
  const fields = asFields(reply, 'The answer to Execute')
  throwBodyError(fields['Error'], 'Datasource.Execute')
  const bytes = asBytes(fields['Value'], 'The value of a data source')
  return protobuf ? decodeValueMsgpack(bytes) : decodeValueGob(bytes)
}
