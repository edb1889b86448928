/** A method of the other end failed; the message is the text that it sent, the only thing that travels. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError'
  /** Such as `Builder.Run`. */
  readonly method: string

  constructor(method: string, message: string) {
    super(message)
    this.method = method
  }
}
