/** What the two ends of NTLM agree on (MS-NLMP 2.2.2.5), of which a client for encrypted messages needs these. */
export const NTLM_FLAGS = {
  unicode: 0x0000_0001,
  requestTarget: 0x0000_0004,
  sign: 0x0000_0010,
  seal: 0x0000_0020,
  ntlm: 0x0000_0200,
  alwaysSign: 0x0000_8000,
  extendedSessionSecurity: 0x0008_0000,
  targetInfo: 0x0080_0000,
  version: 0x0200_0000,
  key128: 0x2000_0000,
  keyExchange: 0x4000_0000,
  key56: 0x8000_0000,
} as const

/** What a client offers. */
export const OFFERED_FLAGS = Object.values(NTLM_FLAGS).reduce((all, flag) => (all | flag) >>> 0, 0)

/** Without these there are no encrypted messages of the kind that WinRM has. */
export const SEALING_FLAGS = ['unicode', 'sign', 'seal', 'extendedSessionSecurity', 'key128'] as const

/** Whether a flag is set. */
export function hasFlag(flags: number, name: keyof typeof NTLM_FLAGS): boolean {
  return (flags & NTLM_FLAGS[name]) !== 0
}
