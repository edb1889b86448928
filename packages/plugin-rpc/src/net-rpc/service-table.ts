/** Answers one method; what it throws travels as text. */
export type Method = (argument: unknown) => unknown

/** Names are the wire's, such as `ConfigSpec`. */
export type Methods = Readonly<Record<string, Method>>

/** The services that one stream offers; they may come and go while it is open. */
export class ServiceTable {
  readonly #services = new Map<string, ReadonlyMap<string, Method>>()

  add(service: string, methods: Methods): this {
    this.#services.set(service, new Map(Object.entries(methods)))
    return this
  }

  remove(service: string): void {
    this.#services.delete(service)
  }

  /** Throws with the words of Go's server for what is not there. */
  find(name: string): Method {
    // Progress trackers have the name of a file in theirs, dots included.
    const dot = name.lastIndexOf('.')
    if (dot < 0) throw new Error(`rpc: service/method request ill-formed: ${name}`)
    const methods = this.#services.get(name.slice(0, dot))
    if (!methods) throw new Error(`rpc: can't find service ${name}`)
    const method = methods.get(name.slice(dot + 1))
    if (!method) throw new Error(`rpc: can't find method ${name}`)
    return method
  }
}
