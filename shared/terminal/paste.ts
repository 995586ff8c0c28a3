export const stripControl = (text: string): string => text
