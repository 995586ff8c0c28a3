/**
 * The look of the one-file transcript. Colours are the window's own tokens; nothing is loaded. Dark and light follow the
 * system until the reader chooses; paper is light, with all that can be opened open.
 */
const DARK = `--bg:#14161a;--surface:#1a1d22;--raised:#21252b;--term:#101215;--line:#2f353d;--edge:#6c7783;--ink:#e9ebee;--ink-2:#b0b8c2;--ink-3:#8f98a4;
--driver:#f0a35e;--driver-bg:#2a211a;--navigator:#62b6e0;--navigator-bg:#18242c;
--pass:#6fc38a;--changes:#f08a79;--unclear:#bda8e8;--error:#e5c15a;color-scheme:dark`
const LIGHT = `--bg:#f4f3f0;--surface:#fbfaf8;--raised:#ffffff;--term:#ffffff;--line:#dcd9d2;--edge:#8d8a82;--ink:#1d2127;--ink-2:#4d5560;--ink-3:#626a75;
--driver:#a4550a;--driver-bg:#fbeee0;--navigator:#0d6792;--navigator-bg:#e3f1f8;
--pass:#1d7040;--changes:#b1342a;--unclear:#684da3;--error:#7a5d00;color-scheme:light`

/** `rules` in the dark, by the system or by the reader's choice. */
export const inDark = (rules: (root: string) => string): string =>
  `@media screen and (prefers-color-scheme:dark){${rules(':root:not([data-theme=light])')}}
@media screen{${rules(':root[data-theme=dark]')}}`

const BASE = `*{box-sizing:border-box}
html{scroll-padding:24px}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.55 "Instrument Sans",system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:900px;margin:0 auto;padding:40px 24px 96px}
button{font:inherit;color:inherit;cursor:pointer}
button:focus-visible,summary:focus-visible,input:focus-visible,pre:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
p{margin:0 0 10px;white-space:pre-wrap;overflow-wrap:anywhere}p:last-child{margin-bottom:0}
code,pre{font:13px/1.5 "JetBrains Mono",ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.by code{color:var(--ink-2)}
code{background:color-mix(in srgb,var(--ink) 7%,transparent);border-radius:4px;padding:1px 4px;overflow-wrap:anywhere}
pre{background:var(--bg);border:1px solid var(--line);border-radius:7px;padding:10px 14px;margin:0 0 10px;white-space:pre-wrap;overflow-wrap:anywhere}
pre:last-child{margin-bottom:0}
small{font-size:13px;color:var(--ink-3)}
ul{list-style:none;margin:12px 0 0;padding:0}
li{border-top:1px solid var(--line);padding:10px 0 0;margin:0 0 10px}li:last-child{margin:0}
.driver{--c:var(--driver);--cb:var(--driver-bg)}.navigator{--c:var(--navigator);--cb:var(--navigator-bg)}
.pass,.passed{--v:var(--pass)}.changes,.failed{--v:var(--changes)}.unclear{--v:var(--unclear)}.error{--v:var(--error)}.open,.void,.running{--v:var(--ink-3)}
.plus{color:var(--pass)}.minus{color:var(--changes)}
.under{color:var(--ink-2);font-size:13px;margin:6px 0 0}
.h{font-weight:600}
.by{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 10px;font-size:13px;color:var(--ink-3);margin:0 0 8px}
.by b{color:var(--ink);font-size:14px}
.blocker,.major{color:var(--changes);font-weight:600}.minor{color:var(--ink-2);font-weight:600}
time{margin-left:auto;font-size:13px;color:var(--ink-3)}`

const HEAD = `.tools{float:right;display:flex;gap:8px;margin:-4px 0 8px 16px}
.tools button,.play{border:1px solid var(--edge);background:var(--raised);border-radius:7px;padding:4px 12px;font-size:13px}
.brand{color:var(--ink-3);font-size:13px;margin:0 0 12px}
h1{font-size:26px;line-height:1.3;font-weight:600;margin:0;letter-spacing:-.01em;white-space:pre-wrap;overflow-wrap:anywhere;text-wrap:pretty}
h2{font-size:18px;font-weight:600;margin:48px 0 4px}
.top h2{font-size:16px;margin:32px 0 8px}
.outcome{margin:20px 0 0;font-weight:600}
.badge{font-weight:600;color:var(--v);border:1.5px solid var(--v);border-radius:20px;padding:2px 12px}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:20px 0 0;font-size:14px}
.facts dt{color:var(--ink-3)}.facts dd{margin:0;overflow-wrap:anywhere}
.cast{display:grid;grid-template-columns:1fr 1fr;gap:12px;margin:24px 0 0}
.cast div{background:var(--surface);border:1px solid var(--line);border-top:3px solid var(--c);border-radius:7px;padding:12px 16px}
.cast b{color:var(--c)}.cast span{display:block;color:var(--ink-2);font-size:13px;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;font-size:14px}
th{text-align:left;font-size:13px;font-weight:600;color:var(--ink-3);padding:6px 16px 6px 0}
td{vertical-align:top;border-top:1px solid var(--line);padding:10px 16px 10px 0;overflow-wrap:anywhere}
td:first-child{white-space:nowrap;font-weight:600}td:last-child,th:last-child{width:34%;padding-right:0}
td .by{margin-bottom:4px}td b{display:block;margin-bottom:2px}
.end-open{color:var(--changes)}.end-fixed{color:var(--pass)}`

/** Two lanes run the whole length; what is told stands between them. */
const SCORE = `.score{position:relative;isolation:isolate;margin:16px 0 0;--lane:22px}
.score:before,.score:after{content:"";position:absolute;inset-block:0;width:1px;background:var(--edge);z-index:-1}
.score:before{left:var(--lane)}.score:after{right:var(--lane)}
.lanes{display:flex;justify-content:space-between;gap:16px;font-size:13px;padding:0 0 10px;background:var(--bg)}
.lanes b{color:var(--c)}.lanes .right{text-align:right}
.row{position:relative;display:flow-root;margin:0}
.bar{position:absolute;bottom:0;width:10px}
.bar.left{left:calc(var(--lane) - 4.5px)}.bar.right{right:calc(var(--lane) - 4.5px)}
.bar.driver{background:var(--c)}
.bar.navigator{border:solid var(--c);border-width:0 3px;background:color-mix(in srgb,var(--c) 26%,var(--bg))}
.bar.first{border-radius:5px 5px 0 0}.bar.last{bottom:2px;border-radius:0 0 5px 5px}.bar.first.last{border-radius:5px}
.bar.navigator.first{border-top-width:3px}.bar.navigator.last{border-bottom-width:3px}
.bar.broken{mask:repeating-linear-gradient(#000 0 6px,transparent 6px 9px)}
.rest{text-align:center;font-size:13px;line-height:24px;color:var(--ink-3);margin:0;background:linear-gradient(var(--bg),var(--bg)) 0 9px/100% 6px no-repeat}
.face{display:block;position:relative;list-style:none;border-radius:7px}
summary::-webkit-details-marker{display:none}
summary{cursor:pointer}
.row summary.face:hover{background:color-mix(in srgb,var(--ink) 4%,transparent)}
.at{display:flex;align-items:baseline;gap:10px;padding:5px calc(var(--lane) + 20px)}
.at.right{flex-direction:row-reverse;text-align:right}
.at .what{display:grid;gap:1px;max-width:78%}
.at.right .what{justify-items:end}
.what b,.said b,.plate b{font-weight:600}
.mark{font-style:normal;color:var(--c)}
.words{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden;color:var(--ink-2);font-size:14px;overflow-wrap:anywhere}
.between{display:flex;justify-content:center;padding:6px calc(var(--lane) + 16px)}
.said{display:inline-flex;flex-wrap:wrap;justify-content:center;align-items:baseline;gap:2px 10px;max-width:78%;border:1px solid var(--line);border-radius:16px;background:var(--surface);padding:4px 16px;font-size:14px}
.said.human{border:1.5px dashed var(--ink-3)}.said.hold{background:var(--raised)}
.plate{display:grid;gap:2px;justify-items:center;border:1.5px solid var(--v);border-radius:7px;background:var(--surface);padding:6px 18px;font-size:14px}
.plate b{color:var(--v)}
.aside{display:block;padding:2px calc(var(--lane) + 20px);font-size:13px;color:var(--ink-3)}
.aside.right{text-align:right}.aside.middle{text-align:center}.aside.trouble{color:var(--changes)}
.verdict{display:inline-block;font-weight:600;font-size:13px;color:var(--v);border:1.5px solid var(--v);border-radius:20px;background:var(--bg);padding:0 11px}
.verdict.changes{border-radius:6px}.verdict.unclear{border-style:dashed}.verdict.error{border-radius:0}
.crossing{display:block;position:relative;height:58px;color:var(--c);margin:0 var(--lane)}
.crossing svg{position:absolute;inset:0;width:100%;height:100%}
.crossing path{fill:none;stroke:currentColor;stroke-width:1.5;vector-effect:non-scaling-stroke}.crossing .dashed{stroke-dasharray:3 4}
.crossing .label{position:absolute;top:50%;left:50%;translate:-50% -50%;background:var(--bg);padding:0 10px;white-space:nowrap}
.crossing .label:empty{display:none}
.crossing .landing{position:absolute;bottom:-2px;left:12px;display:flex;gap:8px;align-items:baseline;background:var(--bg);padding:0 4px}
.crossing.to-right .landing{left:auto;right:12px}
.crossing .passed,.crossing .failed{color:var(--v)}
.measure{display:flex;align-items:center;gap:12px;padding:10px 0;background:var(--bg);font-size:13px}
.measure b{color:var(--ink-2)}.measure:after{content:"";flex:1;order:1;height:1px;background:var(--line)}.measure small{order:2}
.ending{display:grid;justify-items:center;gap:4px;padding:20px 0 8px;background:var(--bg);border-top:4px double var(--edge);margin-top:14px}
.ending b{font-size:18px}
.body{margin:4px calc(var(--lane) + 20px) 16px;background:var(--raised);border:1px solid var(--line);border-radius:9px;padding:14px 18px}
.quiet{color:var(--ink-2);border-left:2px solid var(--line);padding-left:12px;margin:0 0 12px}
.trail{font-size:13px;color:var(--ink-3);margin-top:10px}
.marked{font-style:italic}ins{background:color-mix(in srgb,var(--pass) 22%,transparent);text-decoration:none}
del{background:color-mix(in srgb,var(--changes) 18%,transparent)}
.body details{margin:12px 0 0;font-size:14px}.body summary{color:var(--ink-2)}
.body summary:before{content:"▸ "}.body details[open]>summary:before{content:"▾ "}
.body details>pre{margin-top:8px;max-height:480px;overflow:auto}
.file{margin:8px 0 0}.file-head{display:flex;flex-wrap:wrap;gap:2px 10px;align-items:baseline;margin:0 0 4px;font-size:13px;color:var(--ink-3)}
.diff{max-height:640px;overflow:auto;padding:8px 0;line-height:1.45;white-space:pre;overflow-wrap:normal}
.diff{padding-inline:12px}.diff span{display:inline-block;min-width:calc(100% + 24px);margin:0 -12px;padding:0 12px}
.add{background:color-mix(in srgb,var(--pass) 16%,transparent)}.cut{background:color-mix(in srgb,var(--changes) 14%,transparent)}.hunk{color:var(--ink-3)}
.play{position:absolute;right:calc(var(--lane) + 26px);bottom:8px;background:var(--raised);z-index:1}
.row-delivery:has(.to-right) .play{right:auto;left:calc(var(--lane) + 26px)}
.row-delivery:has(details[open]) .play{bottom:auto;top:30px}
footer{margin-top:48px;color:var(--ink-3);font-size:13px;text-align:center}`

const STAGE = `#stage{width:100vw;height:100vh;max-width:none;max-height:none;border:0;margin:0;padding:0;background:var(--bg);color:var(--ink)}
html:has(#stage[open]){overflow:hidden}
#stage[open]{display:flex;flex-direction:column}
.stage-head,.stage-foot{display:flex;flex-wrap:wrap;align-items:center;gap:8px 14px;padding:10px 16px;font-size:14px}
.stage-head b{flex:1}
.stage-foot input{flex:1;min-width:160px;accent-color:var(--ink)}
.stage-head button,.stage-foot button,.stage-foot select{border:1px solid var(--edge);background:var(--raised);color:inherit;border-radius:7px;padding:5px 13px;font:inherit;font-size:14px}
.stage-foot button:disabled{color:var(--ink-3);cursor:default}
.screens{flex:1;min-height:0;display:grid;grid-template-columns:1fr 1fr;gap:1px;background:var(--line);border-block:1px solid var(--line)}
.screens section{display:flex;flex-direction:column;min-width:0;min-height:0;background:var(--term)}
.screens h2{margin:0;padding:6px 12px;font-size:13px;color:var(--c);border-top:3px solid var(--c);background:var(--surface)}
.screen{flex:1;margin:0;padding:8px;border:0;border-radius:0;background:var(--term);color:var(--ink);white-space:pre;overflow:auto;line-height:1.25;overflow-wrap:normal}
.screen span.w{display:inline-block;width:2ch}`

const NARROW = `@media (max-width:640px){main{padding:24px 12px 64px}.score{--lane:10px}.cast{grid-template-columns:1fr}.at .what,.said{max-width:100%}}`

const PRINT = `@media print{@page{margin:16mm 14mm}body{font-size:10.5pt;background:#fff}main{padding:0;max-width:none}
.tools,.play,#stage,.diff-hint{display:none!important}
details::details-content{content-visibility:visible;block-size:auto}
pre,.diff,.body details>pre{max-height:none;overflow:visible;white-space:pre-wrap;overflow-wrap:anywhere}
.row{break-inside:auto}.face,.file-head,h2,tr,li{break-inside:avoid}.file-head,h2,.face{break-after:avoid}
*{print-color-adjust:exact}}`

export const STYLE = `:root{${LIGHT}}
${inDark(root => `${root}{${DARK}}`)}
@media print{:root,:root[data-theme]{${LIGHT};--bg:#fff;--surface:#fff}}
${[BASE, HEAD, SCORE, STAGE, NARROW, PRINT].join('\n')}`
