/** Documentation that cannot be written; the message says where and why. */
export class DocsError extends Error {
  override readonly name = 'DocsError'
}
