import { Writable } from 'node:stream'
import type {
  Artifact,
  Builder,
  Communicator,
  Datasource,
  Hook,
  HookCall,
  PostProcessor,
  Provisioner,
  Ui,
} from '../src/components.ts'
import type { ObjectSpec } from '../src/spec/hcl-spec.ts'

/** Components that do nothing, of which a test changes what it is about. */

export const spec: ObjectSpec = {
  kind: 'object',
  attributes: { name: { kind: 'attr', name: 'name', type: { kind: 'string' }, required: true } },
}

export const never = new AbortController().signal

export function builder(changes: Partial<Builder> = {}): Builder {
  return {
    configSpec: async () => spec,
    prepare: async () => ({ generatedVars: [], warnings: [] }),
    run: async () => undefined,
    ...changes,
  }
}

export function provisioner(changes: Partial<Provisioner> = {}): Provisioner {
  return {
    configSpec: async () => spec,
    prepare: async () => {},
    provision: async () => {},
    ...changes,
  }
}

export function postProcessor(changes: Partial<PostProcessor> = {}): PostProcessor {
  return {
    configSpec: async () => spec,
    configure: async () => {},
    postProcess: async () => undefined,
    ...changes,
  }
}

export function datasource(changes: Partial<Datasource> = {}): Datasource {
  return {
    configSpec: async () => spec,
    outputSpec: async () => spec,
    configure: async () => {},
    execute: async () => ({ type: { kind: 'string' }, content: 'x' }),
    ...changes,
  }
}

export function artifact(changes: Partial<Artifact> = {}): Artifact {
  return {
    builderId: async () => 'test.builder',
    id: async () => 'image-1',
    describe: async () => 'An image',
    files: async () => [],
    state: async () => undefined,
    destroy: async () => {},
    ...changes,
  }
}

export interface RecordingUi extends Ui {
  /** Everything said, in order, as `say hello`. */
  readonly said: string[]
}

export function recordingUi(changes: Partial<Ui> = {}): RecordingUi {
  const said: string[] = []
  const say = (how: string) => async (text: string) => void said.push(`${how} ${text}`)
  return {
    said,
    say: say('say'),
    message: say('message'),
    error: say('error'),
    ask: async (question) => `answer to ${question}`,
    machine: async (category, args) => void said.push(`machine ${category} ${args.join(',')}`),
    trackProgress: async () => ({ add: async () => {}, close: async () => {} }),
    ...changes,
  }
}

export const noHook: Hook = { run: async () => {} }

export function hook(run: (call: HookCall) => Promise<void>): Hook {
  return { run }
}

export function communicator(changes: Partial<Communicator> = {}): Communicator {
  const refuse = async () => {
    throw new Error('not in this test')
  }
  return {
    start: refuse,
    upload: refuse,
    download: refuse,
    uploadDir: refuse,
    downloadDir: refuse,
    ...changes,
  }
}

/** Gathers what is written. */
export class Sink extends Writable {
  readonly #chunks: Buffer[] = []

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks)
  }

  get text(): string {
    return this.bytes.toString()
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk)
    done()
  }
}
