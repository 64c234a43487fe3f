/** As `npm start -- --demo` prints them. */
export const DEMO_ADMIN = 'amina@quillhaven.example'
export const DEMO_PASSWORD = 'harbour lantern quill 42'
