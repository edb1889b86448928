/** What can be wrong with a database, whichever it is. */
export type StoreTrouble = 'damaged' | 'newer' | 'unwritable' | 'full' | 'busy' | 'failed'

/** The database cannot do its work; the message says what to do about it. Nothing of the work was kept. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreTrouble

  constructor(code: StoreTrouble, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
