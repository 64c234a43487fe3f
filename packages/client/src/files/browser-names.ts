/** The cache that holds encrypted copies, and the database with their key and their list: without it they are noise. */
export const COPIES = 'parley-file-copies'
export const COPIES_DATABASE = 'parley-file-copies'
/** The bytes that wait to be sent. */
export const SHELF_DATABASE = 'parley-outgoing-files'
