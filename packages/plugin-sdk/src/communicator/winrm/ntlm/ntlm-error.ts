/** An NTLM message that is none, or that was changed on its way. */
export class NtlmError extends Error {
  override readonly name = 'NtlmError'
}
