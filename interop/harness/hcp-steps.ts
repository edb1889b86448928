/** One call of an operation by a generated client, and what of the answer must come out of it. */
export interface HcpStep {
  /** The method of the Go client. */
  readonly operation: string
  /** The fields of the client's own parameters, except the location. */
  readonly params?: object | ((kept: Kept) => object)
  readonly answer: object
  /** Places of the answer for which the client has no type: what the registry says beyond the description. */
  readonly beyond?: readonly string[]
  /** Names under which later steps find the identifiers of objects in the payload. */
  readonly keep?: Kept
}

/** Names, and what they stand for. */
export type Kept = Readonly<Record<string, string>>

export const runUuid = '3f0f1d0c-6c1e-4a57-9a39-0d8bd6a2b8a1'

/** The identifiers that a step keeps of its payload. */
export function keptOf(payload: unknown, keep: Kept): Kept {
  const objects = payload as Readonly<Record<string, { readonly id: string }>>
  return Object.fromEntries(Object.entries(keep).map(([name, key]) => [name, objects[key]!.id]))
}
