import { literal } from './powershell.ts'

/** Paths may name variables of PowerShell's environment and of `cmd`'s, and may be relative to the shell's directory. */
const FULL =
  "function Full($p){$p=[regex]::Replace($p,'\\$(?:\\{env:([^}]+)\\}|env:(\\w+))',{param($m)[Environment]::GetEnvironmentVariable($m.Groups[1].Value+$m.Groups[2].Value)});$ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath([Environment]::ExpandEnvironmentVariables($p))};"

/** Says on the output that PowerShell is there. */
export const CONNECTION_TEST = "[Console]::Out.WriteLine('WinRM connected.')"

/** A file whose content came as lines of base64. */
export interface Restored {
  readonly from: string
  readonly to: string
  /** What it is called where `to` is a directory. */
  readonly name: string
  /** Bytes. */
  readonly size: number
}

/** Makes a file of lines of base64, and the directories that it is in. */
export function restoreScript({ from, to, name, size }: Restored): string {
  return `${FULL}$from=Full ${literal(from)};$to=Full ${literal(to)};$name=${literal(name)};$size=${size};
if([IO.Directory]::Exists($to)){if($name -eq ''){throw "$to is a directory"};$to=[IO.Path]::Combine($to,$name)}
[void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($to));
$w=[IO.File]::Create($to);
try{if([IO.File]::Exists($from)){$r=[IO.File]::OpenText($from);
try{while($null -ne ($l=$r.ReadLine())){$b=[Convert]::FromBase64String($l.Trim());$w.Write($b,0,$b.Length)}}finally{$r.Close()}};
if($w.Length -ne $size){throw "Of $size bytes for $to only $($w.Length) arrived"}}finally{$w.Close()}
[IO.File]::Delete($from)`
}

/** Makes a directory, and those that it is in. */
export function directoryScript(path: string): string {
  return `${FULL}$to=Full ${literal(path)};[void][IO.Directory]::CreateDirectory($to)`
}

/** Writes a file to the output, as lines of base64. Others may be writing to it meanwhile, as to a log. */
export function readScript(path: string): string {
  return `${FULL}$from=Full ${literal(path)};$r=[IO.File]::Open($from,'Open','Read','ReadWrite');
try{$b=New-Object byte[] 49152;
while(($n=$r.Read($b,0,$b.Length)) -gt 0){[Console]::Out.WriteLine([Convert]::ToBase64String($b,0,$n))}}finally{$r.Close()}`
}

/** Writes what is in a directory to the output: `d` or `f`, and the path in base64. Links to directories are left out. */
export function listScript(path: string): string {
  return `${FULL}$from=Full ${literal(path)};
function Say($k,$p){[Console]::Out.WriteLine($k+[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($p)))};
function Walk($d,$p){foreach($i in (New-Object IO.DirectoryInfo $d).GetFileSystemInfos()){
if($i -isnot [IO.DirectoryInfo]){Say 'f' ($p+$i.Name)}
elseif(-not ($i.Attributes -band [IO.FileAttributes]::ReparsePoint)){Say 'd' ($p+$i.Name);Walk $i.FullName ($p+$i.Name+'\\')}}};
Walk $from ''`
}
