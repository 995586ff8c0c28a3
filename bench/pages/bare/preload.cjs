/** The page's way to a program in a terminal (see main.cjs). */
const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('benchPty', {
  start: program => ipcRenderer.send('start', program),
  input: data => ipcRenderer.send('input', data),
  parsed: chars => ipcRenderer.send('parsed', chars),
  onData: take => ipcRenderer.on('data', (_, data) => take(data)),
})
