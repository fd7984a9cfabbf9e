/** Object keys an uploader may choose to hurt us; every test of keys runs over them. */
export const hostileKeys: readonly string[] = [
  'a b+c/ü:1.csv',
  '100%.csv',
  '$(touch pwned).csv',
  '; rm -rf ~ #.csv',
  `"quote'.csv`,
  '--flag.csv',
  '../../etc/passwd',
  'new\nline\ttab',
  'Ref::x',
  '${run.id}',
  '<img src=x onerror=alert(1)>',
  'right\u202eto-left.csv',
  '😀'.repeat(256),
  'caf\u00e9.csv',
  'cafe\u0301.csv',
]
