import type { ConfigElement } from '@ingot/plugin-rpc'
import { isRecord, plainElement } from './plain.ts'

/** What packer 1.7 to 1.16 put into the placeholder of a build variable, so that it can be told from a value. */
const MARK = 'Build_PackerRunUUID.'

/** The configurations of a call, and the names of the build variables where the host tells them. */
export interface Separated {
  readonly elements: readonly ConfigElement[]
  readonly variables: readonly string[] | undefined
}

/**
 * JSON templates add a last configuration that is none: the names of the build variables, each with a text in the
 * place of its value.
 */
export function withoutPlaceholders(elements: readonly ConfigElement[]): Separated {
  const variables = elements.map(variablesIn).find((names) => names !== undefined)
  return { elements: elements.filter((each) => !variablesIn(each)), variables }
}

function variablesIn(element: ConfigElement): readonly string[] | undefined {
  const data = element.kind === 'plain' ? plainElement(element) : undefined
  if (!isRecord(data)) return
  const mark = data['PackerRunUUID']
  return typeof mark === 'string' && mark.includes(MARK) ? Object.keys(data) : undefined
}

/** Whether a template in it reads a build variable. */
export function readsBuild(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('{{') && /\bbuild\b/.test(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(readsBuild)
}
