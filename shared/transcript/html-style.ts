/**
 * The look of the one-file transcript: the driver's voice warm and to the left, the navigator's cool and to the
 * right, the human in ink. Colours are the window's own tokens; nothing is loaded.
 */
const DARK = `--bg:#14161a;--surface:#1a1d22;--raised:#21252b;--line:#2b3037;--ink:#e9ebee;--ink-2:#a7afb9;--ink-3:#8a93a0;
--driver:#f0a35e;--driver-bg:#2a211a;--navigator:#62b6e0;--navigator-bg:#18242c;
--pass:#6fc38a;--changes:#ef7d6b;--unclear:#b9a3e3;--error:#e5c15a;color-scheme:dark`
const LIGHT = `--bg:#f4f3f0;--surface:#fbfaf8;--raised:#fff;--line:#dcd9d2;--ink:#1d2127;--ink-2:#555d68;--ink-3:#666e7a;
--driver:#a9560a;--driver-bg:#fbeee0;--navigator:#0f6f9e;--navigator-bg:#e3f1f8;
--pass:#217a43;--changes:#b8382a;--unclear:#6d51a8;--error:#8a6a00;color-scheme:light`

export const STYLE = `:root{${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
@media print{:root{${LIGHT};--bg:#fff;--surface:#fff}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.55 "Instrument Sans",system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:900px;margin:0 auto;padding:48px 24px 96px}
h1{font-size:26px;line-height:1.3;font-weight:600;margin:0;letter-spacing:-.01em;white-space:pre-wrap;overflow-wrap:anywhere;text-wrap:pretty}
.brand{color:var(--ink-3);font-size:13px;margin:0 0 12px}
.outcome{display:inline-block;margin:20px 0 0;font-weight:600}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:20px 0 0;font-size:14px}
.facts dt{color:var(--ink-3)}.facts dd{margin:0;overflow-wrap:anywhere}
.cast{display:grid;grid-template-columns:1fr 1fr;gap:12px;margin:24px 0 0}
.cast div{background:var(--surface);border:1px solid var(--line);border-top:3px solid var(--c);border-radius:7px;padding:12px 16px}
.cast b{color:var(--c)}.cast span{display:block;color:var(--ink-2);font-size:13px;overflow-wrap:anywhere}
.driver{--c:var(--driver);--cb:var(--driver-bg)}.navigator{--c:var(--navigator);--cb:var(--navigator-bg)}
h2{display:flex;align-items:center;gap:16px;font-size:14px;font-weight:600;color:var(--ink-2);margin:48px 0 20px}
h2:before,h2:after{content:"";flex:1;height:1px;background:var(--line)}
article{margin:16px 0;break-inside:avoid-page}
.card{background:var(--raised);border:1px solid var(--line);border-radius:11px;padding:14px 20px 16px}
.card.driver{margin-right:72px;border-left:4px solid var(--c)}
.card.navigator{margin-left:72px;border-right:4px solid var(--c)}
.card.human{margin-inline:36px;border-style:dashed;border-color:var(--ink-3)}
.card.middle{margin-inline:36px}
header.top{margin-bottom:40px}
h3{font-size:16px;font-weight:600;margin:36px 0 8px}
table{width:100%;border-collapse:collapse;font-size:14px}
th{text-align:left;font-size:13px;font-weight:600;color:var(--ink-3);padding:6px 16px 6px 0}
td{vertical-align:top;border-top:1px solid var(--line);padding:10px 16px 10px 0;overflow-wrap:anywhere}
td:first-child{white-space:nowrap;font-weight:600}td:last-child,th:last-child{width:34%;padding-right:0}
td .by{margin-bottom:4px}td b{display:block;margin-bottom:2px}
.end-open{color:var(--changes)}.end-fixed{color:var(--pass)}
.under{color:var(--ink-2);font-size:13px;margin:6px 0 0}
.mark{font-style:italic}ins{background:color-mix(in srgb,var(--pass) 22%,transparent);text-decoration:none}
del{background:color-mix(in srgb,var(--changes) 18%,transparent)}
.by{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 10px;font-size:13px;color:var(--ink-3);margin:0 0 8px}
.by b{color:var(--v,var(--c,var(--ink)));font-size:14px}
time{margin-left:auto}
p{margin:0 0 10px;white-space:pre-wrap;overflow-wrap:anywhere}p:last-child{margin-bottom:0}.h{font-weight:600}
.said{color:var(--ink-2);border-left:2px solid var(--line);padding-left:12px;margin:0 0 12px}
code,pre{font:13px/1.5 "JetBrains Mono",ui-monospace,monospace}
code{background:color-mix(in srgb,var(--ink) 7%,transparent);border-radius:4px;padding:1px 4px}
pre{background:var(--bg);border:1px solid var(--line);border-radius:7px;padding:10px 14px;margin:0 0 10px;white-space:pre-wrap;overflow-wrap:anywhere}
pre:last-child{margin-bottom:0}
details{margin:16px 36px;font-size:14px;color:var(--ink-2)}
summary{cursor:pointer;display:flex;flex-wrap:wrap;gap:4px 10px;align-items:baseline;border-radius:4px}
summary:focus-visible{outline:2px solid var(--ink);outline-offset:3px}
summary:before{content:"▸";color:var(--ink-3)}details[open] summary:before{content:"▾"}
details>div{background:var(--cb,var(--surface));border-radius:7px;padding:12px 16px;margin-top:8px;color:var(--ink)}
.card details{margin:10px 0 0}.card details>pre{margin-top:8px;max-height:480px;overflow:auto}
.trail,summary time{font-size:13px;color:var(--ink-3)}.trail{margin-top:10px}
.badge{font-weight:600;color:var(--v);border:1.5px solid var(--v);border-radius:20px;padding:1px 12px}
.pass{--v:var(--pass)}.changes{--v:var(--changes)}.unclear{--v:var(--unclear)}.error{--v:var(--error)}.open{--v:var(--ink-3)}
ul{list-style:none;margin:12px 0 0;padding:0}
li{border-top:1px solid var(--line);padding:10px 0 0;margin:0 0 10px}li:last-child{margin:0}
li .by{margin-bottom:4px}.blocker,.major{color:var(--changes);font-weight:600}.minor{color:var(--ink-2);font-weight:600}
.note{display:flex;gap:10px;margin:10px 36px;font-size:13px;color:var(--ink-2)}.note.trouble{color:var(--changes)}
.note p{margin:0}
.end{text-align:center;margin-top:48px;font-size:18px}.end p{color:var(--ink-2);font-size:14px;margin-top:8px}
footer{margin-top:64px;color:var(--ink-3);font-size:13px;text-align:center}
@media (max-width:640px){main{padding:24px 14px 64px}.card.driver{margin-right:0}.card.navigator{margin-left:0}.card.human,.card.middle,details,.note{margin-inline:0}.cast{grid-template-columns:1fr}}
@media print{body{font-size:11pt}main{padding:0;max-width:none}details::details-content{content-visibility:visible;block-size:auto}.card{border-radius:0}}`
