/** What is taken for the picture of a person or a group. */
export const PICTURE_UPLOAD = {
  types: ['image/jpeg', 'image/png', 'image/webp'],
  maxBytes: 8 * 1024 * 1024,
} as const
