/** The XML namespaces of WS-Management and of Windows' remote shell (MS-WSMV 2.2.1). */
export const NAMESPACES = {
  s: 'http://www.w3.org/2003/05/soap-envelope',
  a: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  w: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
  p: 'http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd',
  rsp: 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell',
} as const

/** What is managed: shells of `cmd`. */
export const SHELL_RESOURCE = `${NAMESPACES.rsp}/cmd`

const TRANSFER = 'http://schemas.xmlsoap.org/ws/2004/09/transfer'

/** What is asked of a shell. */
export const ACTIONS = {
  create: `${TRANSFER}/Create`,
  delete: `${TRANSFER}/Delete`,
  command: `${NAMESPACES.rsp}/Command`,
  send: `${NAMESPACES.rsp}/Send`,
  receive: `${NAMESPACES.rsp}/Receive`,
  signal: `${NAMESPACES.rsp}/Signal`,
} as const

/** What a command may be told. */
export const SIGNALS = {
  interrupt: `${NAMESPACES.rsp}/signal/ctrl_c`,
  terminate: `${NAMESPACES.rsp}/signal/terminate`,
} as const

/** The state of a command that has ended. */
export const DONE = `${NAMESPACES.rsp}/CommandState/Done`
