import { expect, test } from 'vitest'
import { linksAsCsv, readPeopleList, textOfList } from './read-people-list.ts'

const known = {
  departments: [
    { id: 'sales', name: 'Sales' },
    { id: 'ops', name: 'Operations' },
  ],
  members: new Set(['amina@quay.example']),
  invited: new Set(['luca@quay.example']),
}
const read = (text: string) => readPeopleList(text, known)
const emails = (text: string) => read(text).people.map(({ email }) => email)

test.each([
  ['a comma', 'Name,E-mail,Role,Departments\nMei,mei@quay.example,manager,"Sales, Operations"'],
  ['a semicolon', 'Name;E-Mail;Rolle;Abteilung\nMei;mei@quay.example;Manager;Sales/operations'],
  ['a tab', 'name\temail\trole\tteam\nMei\tmei@quay.example\tmanager\tSales|Operations'],
  [
    'a mark at its beginning',
    '\ufeffName,E-mail,Role,Departments\r\nMei,mei@quay.example,manager,"Sales,Operations"\r\n',
  ],
])('a list with %s between its columns', (_what, text) => {
  expect(read(text)).toEqual({
    people: [
      { line: 2, name: 'Mei', email: 'mei@quay.example', role: 'manager', departmentIds: ['sales', 'ops'] },
    ],
    problems: [],
  })
})

test('a list of nothing but e-mails needs no first line', () => {
  expect(emails('mei@quay.example\n\nnoor@quay.example')).toEqual(['mei@quay.example', 'noor@quay.example'])
  expect(emails('Mei,mei@quay.example\nNoor,noor@quay.example')).toEqual([
    'mei@quay.example',
    'noor@quay.example',
  ])
})

test('what is wrong is told with its line, and the others are read', () => {
  const text = [
    'email,role,departments',
    'mei@quay.example,,',
    ',member,',
    'no e-mail,member,',
    'mei@quay.example,member,',
    'Amina@quay.example,member,',
    'luca@quay.example,member,',
    'noor@quay.example,boss,',
    'omar@quay.example,member,Harbour',
    '"kenji',
    '@quay.example",member,Sales',
    'ines@quay.example,member,Sales',
  ].join('\n')
  const { people, problems } = read(text)
  expect(people.map(({ line, email }) => [line, email])).toEqual([
    [2, 'mei@quay.example'],
    [12, 'ines@quay.example'],
  ])
  expect(problems).toEqual([
    { line: 3, what: 'noEmail', value: '' },
    { line: 4, what: 'badEmail', value: 'no e-mail' },
    { line: 5, what: 'twice', value: '2' },
    { line: 6, what: 'member', value: 'Amina@quay.example' },
    { line: 7, what: 'invited', value: 'luca@quay.example' },
    { line: 8, what: 'badRole', value: 'boss' },
    { line: 9, what: 'badDepartment', value: 'Harbour' },
    { line: 10, what: 'badEmail', value: 'kenji\n@quay.example' },
  ])
})

test('a quote that does not end is told', () => {
  expect(read('email,name\nmei@quay.example,"Mei').problems).toEqual([
    { line: 2, what: 'badQuotes', value: '' },
  ])
})

test('files are read as Excel and others write them', () => {
  const text = 'Zoë'
  expect(textOfList(new TextEncoder().encode(text))).toBe(text)
  expect(textOfList(Uint8Array.of(0x5a, 0x6f, 0xeb))).toBe(text)
  expect(textOfList(new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')))).toBe(text)
})

test('what a spreadsheet would take for a formula is written as text', () => {
  expect(linksAsCsv([['=HYPERLINK("https://x.example")', 'a,b']])).toBe(
    '\ufeff"\'=HYPERLINK(""https://x.example"")","a,b"',
  )
})
