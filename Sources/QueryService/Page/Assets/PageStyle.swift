/// The style of the page: two palettes, one grid of eight pixels, hairlines. No request but this one.
///
/// Properties: `--p` paper, `--i` ink, `--s` soft ink, `--l` line, `--h` hairline, `--a` accent, `--on` on the accent, `--g`
/// grave, `--w` wash; `--c` left column, `--m` middle, `--r` right, `--gap` between them, `--f` what is left over.
enum PageStyle {
  static let text: StaticString = #"""
    :root{color-scheme:light dark;--p:#fdfdfb;--i:#1a2020;--s:#566160;--l:#dbe0dd;--a:#0b5d5c;--on:#fff;
    --mark:#ffeab0;--rule:#b58a1c;--g:#8f1d18;--w:#f1f4f2;
    --f:minmax(0,1fr);--h:1px solid var(--l);--gap:2.5rem;--c:14rem;--m:46rem;--r:16rem;
    --sans:system-ui,-apple-system,"Segoe UI",Roboto,Arial,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;
    --mono:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
    @media (prefers-color-scheme:dark){:root{--p:#141a1a;--i:#e5e9e6;--s:#9daaa7;--l:#303a39;--a:#76cdc4;--on:#0e1414;
    --mark:#594810;--rule:#c9a23a;--g:#ff9d92;--w:#1b2322}}
    *{box-sizing:border-box}
    html{font:100%/1.45 var(--sans);background:var(--p);color:var(--i);-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
    :lang(zh-Hans){line-height:1.6;line-break:strict}
    body{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
    h1,h2,h3,p,ul,ol,dl,dd,figure{margin:0;padding:0}
    ul,ol{list-style:none}
    h1{font-size:1.625rem;line-height:1.2;font-weight:650;letter-spacing:-.01em;text-wrap:balance}h1:lang(zh-Hans){text-wrap:wrap}
    h2{font-size:1.0625rem;line-height:1.35;font-weight:600}
    h3{font-size:.9375rem;font-weight:600}
    a{color:var(--a);text-decoration-line:underline;text-decoration-thickness:1px;text-underline-offset:.18em;text-decoration-color:color-mix(in srgb,currentColor 40%,transparent)}
    a:hover{text-decoration-color:currentColor;text-decoration-thickness:2px}
    :where(.hit h2,.ways,.bars,.rows tbody th,.pivot td,.figures,.ticks,.target h2) a:not(:hover){text-decoration-color:transparent}
    :focus-visible{outline:2px solid var(--a);outline-offset:2px}
    main:focus{outline:none}
    code,kbd{font:.875em/1 var(--mono)}
    svg{display:block}
    mark,ins,del{color:inherit;background:var(--mark);box-shadow:0 1px 0 var(--rule);text-decoration:none;padding:0 .08em}
    del{text-decoration:line-through;text-decoration-color:var(--g)}
    ins{font-weight:600}
    .hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    [hidden]{display:none!important}
    .skip{position:absolute;left:-99rem;top:0;padding:.5rem 1rem;background:var(--a);color:var(--on);z-index:9}
    .skip:focus{left:0}
    .quiet,.count,.label{color:var(--s)}
    .quiet,.label{font-weight:400}.quiet,.label,.tongue,.choice,.notes,.left,.span,.facts,.ways,.tools,.small,.over,table,.facts-list dt,.figures dt,.matches,.repeats li,.tree-list,.events th.date,.stand{font-size:.875rem}
    .count{font-size:.8125rem;font-weight:400}
    .page{max-width:84rem;margin-inline:auto;padding-inline:1.5rem}
    .bar{display:grid;grid-template:none/var(--c) minmax(0,var(--m)) 1fr;gap:0 var(--gap);align-items:center;padding-top:1rem}
    .brand{display:flex;gap:.5rem;align-items:center;color:var(--i);font-weight:650;font-size:1.125rem;text-decoration:none;letter-spacing:-.01em}
    .mark .sheet{fill:none;stroke:var(--a);stroke-width:1.5}.mark .rule{stroke:var(--s);stroke-width:1.25}.mark .found{stroke:var(--a);stroke-width:2.5}
    .ask{position:relative;display:flex}
    input,select,textarea,button{font:inherit;color:inherit;background:var(--p);border:1px solid var(--s);border-radius:2px;padding:.375rem .625rem;min-width:0;max-width:100%}
    textarea{width:100%;line-height:1.45;resize:vertical}
    .ask input{flex:1;padding:.5rem .75rem;border-right:0;border-radius:2px 0 0 2px;border-color:var(--a);appearance:none}
    .ask input:focus-visible{outline-offset:-2px}.ask input::-webkit-search-cancel-button{display:none}
    .ask button{border-radius:0 2px 2px 0;padding-inline:1rem}
    button{cursor:pointer;border-color:var(--a);color:var(--a);font-weight:550}
    .ask button,.fields button[type=submit]{background:var(--a);color:var(--on)}
    ::placeholder{color:var(--s);opacity:1}
    .tongue{justify-self:end}
    .suggest{position:absolute;z-index:5;top:100%;left:0;right:0;margin-top:-1px;background:var(--p);border:1px solid var(--a);max-height:24rem;overflow:auto;padding:.25rem 0}
    .suggest li{display:flex;gap:.75rem;padding:.25rem .75rem;cursor:pointer;align-items:baseline}
    .suggest li[aria-selected=true]{background:var(--w);box-shadow:inset 3px 0 0 var(--a)}
    .suggest .text{flex:1}.suggest .of{color:var(--s);font-size:.8125rem;width:6rem}
    .places{margin-top:.75rem;position:relative}
    .places ul{display:flex;flex-wrap:wrap;gap:0 1.5rem;font-size:.9375rem}
    .top{border-bottom:var(--h)}
    .places a{display:block;padding:.375rem 0 .5rem;color:var(--i);text-decoration:none;border-bottom:2px solid transparent;margin-bottom:-1px}
    .places a:hover{border-color:var(--s)}
    .places a[aria-current]{border-color:var(--a);font-weight:600;color:var(--a)}
    .places .apart{margin-left:auto}
    main{padding-block:1.25rem 3rem;display:block}
    .columns,.readas{display:grid;grid-template:none/var(--c) minmax(0,var(--m)) minmax(0,var(--r));gap:0 var(--gap);align-items:start}
    .columns .middle{grid-column:2}
    .columns.two .middle{grid-column:2/-1}
    .columns.dossier{grid-template:none/var(--f) 20rem;gap:0 4rem}
    .columns.dossier .middle{grid-column:1}
    .column{max-width:var(--m)}
    .lead{font-size:1.125rem;color:var(--s);margin-top:.5rem;max-width:var(--m)}
    .over{color:var(--s);margin-bottom:.25rem}
    .readas{border-bottom:var(--h);padding-bottom:.75rem;margin-bottom:.5rem}
    .total{font-size:1.125rem;font-weight:600;line-height:1.6}
    .total .quiet{display:block;font-weight:400;line-height:1.3}
    .readas .how{grid-column:2/-1;min-width:0;padding-top:.1875rem}
    .settings{display:flex;flex-wrap:wrap;gap:.125rem 2.5rem;margin-top:.375rem}
    .chips{display:flex;flex-wrap:wrap;gap:.375rem .5rem;align-items:baseline}
    .chip{display:inline-flex;align-items:baseline;border-bottom:var(--h);padding:.0625rem .125rem}
    .chip.filter{border:var(--h);background:var(--w);padding:.0625rem .25rem .0625rem .5rem}
    .chip code{line-height:1.45}
    .remove{padding:0 .375rem;text-decoration:none;font-weight:600;color:var(--s)}.remove:hover{color:var(--g)}
    .choice{display:flex;flex-wrap:wrap;gap:0 .875rem;align-items:baseline}
    .choice a{color:var(--s);text-decoration:none}.choice a:hover{text-decoration:underline}
    .choice a[aria-current],.choice .on{color:var(--i)}
    .choice a[aria-current]{font-weight:600}
    .notes{margin-top:.375rem;max-width:var(--m);color:var(--s)}
    .notes li{padding:.125rem 0}.notes .label{margin-right:.375rem;font-weight:600;color:var(--i)}
    .notes .caret,.problem .caret{display:inline-block;padding-bottom:.5rem}.caret mark{background:none;box-shadow:none;position:relative;color:var(--g);text-decoration:underline wavy var(--g) 1px;text-underline-offset:.25em}
    .caret mark::after{content:"^";position:absolute;left:0;top:1em;font-weight:700;line-height:1}
    .fold>summary{display:none}
    .left h2,.side h2,.right h2{font-size:.875rem;margin:1.25rem 0 .25rem;line-height:1.45}
    .left h2:first-of-type,.right>:first-child>h2{margin-top:.875rem}
    .values li{display:flex;align-items:baseline;gap:.375rem;padding:.0625rem 0;line-height:1.45}
    .values li>a:first-child,.values li>span:first-child{flex:1;text-decoration:none;min-width:0}
    .values li>a:first-child:hover{text-decoration:underline}
    .values .without{order:3;width:1.25rem;text-align:center;text-decoration:none;color:var(--s);margin-right:-.375rem}
    .values .without:hover{color:var(--g)}
    .depth-1{padding-left:.875rem!important}.depth-2{padding-left:1.75rem!important}.depth-3,.depth-4{padding-left:2.625rem!important}
    details>summary{cursor:pointer}
    .more>summary{color:var(--s);font-size:.8125rem;padding:.125rem 0}
    .span{margin-top:1.5rem}
    .span p{display:grid;grid-template:none/auto var(--f);gap:.375rem .5rem;align-items:center;margin-top:.375rem}
    .span button{grid-column:2;justify-self:start}
    .span input{padding:.1875rem .375rem;width:100%}.span button{padding:.1875rem .625rem;margin-top:.125rem}
    .hit{display:grid;grid-template:none/1.25rem var(--f);gap:0 .75rem;padding:.875rem 0;border-top:var(--h)}
    .hits>.hit:first-child{border-top:0}
    .hit.current{box-shadow:-.75rem 0 0 var(--p),calc(-.75rem - 3px) 0 0 var(--a)}
    .kind{display:inline-grid;place-items:center;width:1.25rem;height:1.25rem;border:1px solid var(--s);color:var(--s);font-size:.75rem;font-weight:600;line-height:1;margin-top:.0625rem;position:relative}
    .hit h2 code,.over code,.facts code,.rows th code,.plain code{color:var(--s);font-weight:400;font-size:.8125rem;white-space:nowrap}
    .facts{color:var(--s)}:lang(zh) .facts,:lang(zh) .ids li{word-break:keep-all;overflow-wrap:anywhere}
    .facts>:not(:last-child)::after{content:"\a0·\20";color:var(--s);font-weight:400;letter-spacing:normal}.facts>a::after{display:inline-block;white-space:pre}.facts>code::after{font-family:var(--sans)}
    .snippet{margin-top:.25rem;font-size:.9375rem;line-height:1.5;unicode-bidi:isolate;text-wrap:pretty}
    .snippet:lang(zh-Hans){line-height:1.65}
    .snippet .label{font-size:.8125rem;margin-right:.125rem}
    .ways{display:flex;flex-wrap:wrap;gap:0 1rem;margin-top:.25rem}
    .rung{color:var(--s);font-style:italic}.rung:lang(zh-Hans){font-style:normal}
    .grade,.unbroken,.repeats a{white-space:nowrap}.facts>.grade::after{white-space:normal}.signs{letter-spacing:-.06em;font-size:.8125em}
    .grade-3,.grade-4{color:var(--g)}.grade-4{font-weight:650}
    .pages{display:flex;gap:1.5rem;padding:1rem 0 0;border-top:var(--h);font-weight:550}
    .meter{width:100%;height:.5rem}.meter .whole{fill:var(--l)}.meter .part{fill:var(--a)}
    .bars li{display:grid;grid-template:none/4.5rem var(--f) 2.75rem;gap:.5rem;align-items:center;font-size:.8125rem;line-height:1.5}
    .bars .count{text-align:right}.bars .meter .whole{fill:none}
    .empty h2{font-size:1.25rem;margin-top:.75rem}.empty h3{margin:1.25rem 0 .25rem}
    .offers li{padding:.25rem 0}.plain li{padding:.125rem 0}
    .empty .plain{font-size:.9375rem}.empty .plain{list-style:"– "inside}
    .problem{border-left:3px solid var(--g);padding:.25rem 0 .25rem 1rem;margin:1rem 0}
    .problem strong{display:block}.problem .caret{margin-top:.5rem}.column>details{margin-top:.75rem}
    .foot{border-top:var(--h);font-size:.8125rem;color:var(--s);padding:.75rem 0 2rem}
    .foot .part{display:inline-block}.foot .part:not(:last-child)::after{content:"·";margin:0 .5rem}.foot .quiet{font-size:.8125rem;max-width:60rem}
    .wide{overflow-x:auto;container-type:inline-size}
    table{border-collapse:collapse;width:100%}
    th,td{text-align:left;vertical-align:baseline;padding:.5rem 1rem .5rem 0;font-weight:400}
    thead th{font-size:.8125rem;color:var(--s);font-weight:550;border-bottom:1px solid var(--s);white-space:nowrap;padding-top:.25rem}
    thead a{color:inherit;text-decoration:none}thead [aria-sort] a{color:var(--i);font-weight:650}
    .arrow{color:var(--s)}
    tbody tr{border-bottom:var(--h)}
    .rows tr.hit{display:table-row}
    .rows tbody th{font-size:.9375rem}.rows .facts{font-size:.8125rem}.events .facts{font-size:.875rem}.rows tbody th a{font-weight:550}
    .rows .snippet{font-size:.8125rem;color:var(--s);max-width:34rem}.rows .snippet .label{color:var(--s)}
    td.number,th.number{text-align:right}td.date{white-space:nowrap}
    .duties table{table-layout:fixed}.duties th{width:8rem}.duties th:nth-child(2){width:auto}.duties th:nth-child(3){width:13.5rem}.duties th:nth-child(4){width:4rem}.duties td:nth-child(3){white-space:nowrap}.pivot td,.pivot th{padding:.25rem .75rem .25rem 0}.pivot tbody th{min-width:8rem!important;font-weight:550}.sum{font-weight:600}
    .tools{margin-top:2rem}
    .small{display:flex;flex-wrap:wrap;gap:.375rem .625rem;align-items:center;margin:.625rem 0}
    .asked{display:inline-flex;gap:.625rem;align-items:center}.small [type=search]{flex:0 1 20rem}.small input,.small select,.small button{padding:.25rem .5rem}
    .fields p{margin-top:.75rem}.fields label{display:block;font-size:.875rem;font-weight:550;margin-bottom:.1875rem}
    .terms div,.examples div,.keys div{display:grid;grid-template:none/var(--f) var(--f);gap:0 1.5rem;padding:.25rem 0;border-bottom:var(--h);align-items:baseline}
    .terms dd,.examples dd,.keys dd{color:var(--s);font-size:.9375rem}
    .examples code{line-height:1.45;white-space:pre-wrap}
    .keys div{grid-template:none/4rem 1fr}kbd{border:1px solid var(--s);padding:.125rem .375rem;border-radius:2px}
    .landing main{padding-top:2.5rem}.landing h1{font-size:2rem}
    .figures{display:flex;flex-wrap:wrap;gap:.5rem 3rem;margin:1.75rem 0 0}
    .figures dt{color:var(--s)}.figures a{color:inherit}.figures dd{font-size:1.75rem;font-weight:600;line-height:1.15;letter-spacing:-.01em}
    .figures div{display:flex;flex-direction:column-reverse}
    .jobs{display:grid;grid-template:none/repeat(4,var(--f));gap:2rem var(--gap);margin:2.25rem 0 2.5rem;padding:1.5rem 0 1.75rem;border-block:var(--h)}
    .jobs section{display:grid;grid-row:span 4;grid-template-rows:subgrid;gap:0;justify-items:start}.jobs form{width:100%}.jobs p{color:var(--s);font-size:.9375rem}.jobs .small{flex-wrap:nowrap;margin-bottom:.5rem}.jobs .small input{flex:1;width:100%}.jobs section>a,.jobs .ways{font-size:.9375rem}.jobs .ways{margin-top:.625rem}

    .facts-list div{display:grid;align-items:baseline;grid-template:none/7.5rem var(--f);gap:0 1rem;padding:.1875rem 0;font-size:.9375rem}
    .facts-list dt{color:var(--s)}.facts-list{margin-top:.75rem}
    .facts-list .label{font-size:.8125rem}
    .stand{color:var(--g);margin-top:.5rem}.stand strong{color:var(--i)}
    .ticks li{display:grid;grid-template:none/1.25rem var(--f);gap:.25rem;padding:.1875rem 0;font-size:.875rem;line-height:1.4}
    .ticks a{color:var(--i)}
    .tick{color:var(--a);font-weight:700}.hole .tick,.hole .said{color:var(--g)}.hole .said{font-weight:600}.done .said{color:var(--s)}
    .dossier .right h2:first-child{margin-top:.25rem}
    .timeline{margin:1.75rem 0 2rem;padding:1rem 0;border-block:var(--h)}
    .drawing{display:flex;flex-wrap:wrap;align-items:flex-end;gap:.5rem 0;margin-top:.5rem}
    .chart{font:11px var(--sans)}
    .chart text{fill:var(--s)}.chart .number{fill:var(--i);font-weight:600}.chart .year{fill:var(--i);font-weight:600}.chart .small{font-size:10px}
    .axis{stroke:var(--s);fill:none}.chart .tick{stroke:var(--l);fill:none}
    .event{stroke:var(--i);stroke-width:1}.event-0{fill:none;stroke:var(--s)}.event-1{fill:none;stroke-dasharray:2 2}.event-2{fill:var(--w)}
    .event-4{fill:var(--s);stroke:var(--s)}.event-5{fill:var(--g);stroke:var(--g)}
    .hatch-ground{fill:var(--p)}.hatch-line{fill:var(--s)}
    .file-date{fill:none;stroke:var(--a);stroke-width:1.25}
    .cell:hover .event,.cell:focus .event{stroke:var(--a);stroke-width:3}
    .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;font-size:.8125rem;margin:.5rem 0}.legend li{display:flex;gap:.375rem;align-items:center}
    .events th.date{white-space:nowrap;width:8.5rem;color:var(--i)}
    .events td{padding-right:0}.events .facts .main{font-weight:600}.violation{font-size:.9375rem}
    .events tr.file td,.events tr.file th{padding-block:.25rem}.events tr.file th{color:var(--s)}
    .events tr:target,.para:target,.target:target{background:var(--w);box-shadow:-.75rem 0 0 var(--w),calc(-.75rem - 3px) 0 0 var(--a)}
    .repeats li{padding:.5rem 0;border-bottom:var(--h)}

    .directive,.reading .quotation{margin-left:max(0px,calc(var(--c) + var(--gap) - 4.5rem))}.directive{max-width:calc(66ch + 4.5rem)}.reading .column .quotation{margin-left:0}.directive header{padding-left:4.5rem;margin-bottom:1.25rem}
    .directive header .facts{margin-top:.5rem}
    .para{display:grid;grid-template:none/3.5rem minmax(0,66ch);gap:0 1rem;padding:.5rem 0}
    .para .margin{text-align:right;font-size:.8125rem;line-height:1.9;color:var(--s)}
    .para .margin a{color:var(--s);text-decoration:none;display:block}.para .margin a:hover{color:var(--a);text-decoration:underline}
    .para .text>p{font-size:1.0625rem;line-height:1.6;text-wrap:pretty}.para .text>p:lang(zh-Hans){line-height:1.8;text-align:justify}
    .para .text>h2{margin-top:.5rem}
    .matches{position:sticky;top:0;background:var(--p);border-block:var(--h);padding:.375rem 0 .375rem 4.5rem;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;z-index:2}
    .matches .steps{margin-left:auto;display:flex;gap:.5rem}.matches button{padding:.0625rem .5rem}
    mark.current{outline:2px solid var(--a);outline-offset:1px}
    .citation{border-left:3px solid var(--a);padding:.25rem 0 .25rem 1rem;margin:.75rem 0;font-size:.9375rem}
    .citation h3{margin-top:1rem}.citation .form{margin-top:.5rem}.citation label{display:block;font-size:.8125rem;color:var(--s)}
    .citation textarea{font-size:.875rem}.citation code{overflow-wrap:anywhere;line-height:1.4}.copy{padding:.125rem .625rem;font-size:.8125rem;margin-top:.25rem}
    .quotation{max-width:calc(66ch + 4.5rem);margin-top:1.5rem;padding-top:.5rem}.reading .directive+.quotation{padding-left:4.5rem;border-top:var(--h)}
    .verdict{margin-top:1.5rem;border-top:var(--h);padding-top:1rem}
    .versus div{margin:.75rem 0}.versus dt{font-size:.8125rem;color:var(--s)}.versus dd{font-size:1.0625rem;line-height:1.6;max-width:66ch}
    .body{margin:.75rem 0;max-width:66ch}.body p{margin-bottom:.5rem;line-height:1.6}
    .record h2{margin-top:1.5rem}.violations li{padding:.125rem 0}
    .column>h2{margin-top:1.5rem;margin-bottom:.25rem}.column>p{margin-top:.375rem}
    .tree-list ul{padding-left:1.25rem}.tree-list{margin-top:.5rem}.figure{font-weight:600}
    .targets{margin-top:1rem;max-width:64rem}.target{padding:1rem 0;border-top:var(--h)}
    .target h2{display:grid;grid-template:none/1.5rem 1fr}.target h2 .number{color:var(--s);font-weight:400}.target h2 a{color:var(--i)}
    .target>:not(h2){margin-left:1.5rem}
    .measure{display:grid;grid-template:none/var(--f) 4rem 6.5rem 6.5rem;gap:0 1rem;align-items:center;margin-top:.25rem}
    .measure .meter{height:.75rem}.percent{font-weight:650;text-align:right}.measure .of{color:var(--s);font-size:.875rem;text-align:right}.measure .missing{font-size:.875rem;text-align:right}
    .measure a.missing{color:var(--g)}.measure span.missing{color:var(--s)}
    .course{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center;margin-top:.25rem}.spark .ground{stroke:var(--l)}.spark .stroke{stroke:var(--a);fill:none;stroke-width:1.5}
    .multiples{display:grid;grid-template:none/repeat(auto-fill,minmax(13rem,1fr));gap:.25rem 2rem;margin-top:.75rem;font-size:.8125rem}
    .multiples li{display:grid;grid-template:none/var(--f) 4rem 3.5rem;gap:.5rem;align-items:center}.multiples .name{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.multiples .count{text-align:right}
    .ids{columns:18rem;margin-top:.375rem}.ids code{color:var(--s);font-size:.8125rem;white-space:nowrap}.ids li{break-inside:avoid;padding:.0625rem 0}.rows th a code{color:inherit}.target h3{margin-top:1rem}
    .chain{display:grid;grid-template:none/repeat(6,var(--f));gap:0 1.25rem;margin-top:1.25rem}
    .chain>li{border-top:3px solid var(--a);padding:.5rem 0 1rem}.chain>li.gap{border-top:3px dashed var(--l)}
    .chain .facts{padding:.25rem 0;border-bottom:var(--h)}
    .duties{margin-top:1.5rem}.duties h2 .count{margin-left:.5rem}
    main>h2{margin-top:1.75rem;margin-bottom:.25rem}
    .help{columns:2 26rem;column-gap:4rem;margin-top:1.5rem}.help section{break-inside:avoid;padding-bottom:1.5rem}.help h2{margin-bottom:.25rem}
    .help .examples div{grid-template:none/1.1fr var(--f)}
    @media (max-width:75rem){.columns,.readas{grid-template:none/13rem var(--f)}.columns>.right{grid-column:1}.columns>.middle{grid-row:1/span 2}.columns.dossier{grid-template:none/var(--f) 16rem;gap:0 2rem}.columns.dossier .right{grid-column:2}.jobs{grid-template:none/var(--f) var(--f)}.rows td.date{white-space:normal}:lang(zh) .rows td.date{white-space:nowrap}.chain{grid-template:none/var(--f)}.chain>li{display:grid;grid-template:none/8rem var(--f);gap:0 1.5rem}.chain>li>*{grid-column:2}.chain>li>h2{grid-column:1;grid-row:1/span 9}.chain li li:last-child{border-bottom:0}.rows tbody th{min-width:13rem}.events tbody th{min-width:0}
    :root{--c:13rem;--gap:2rem}.bar{grid-template:none/var(--c) var(--f) auto}}
    @media (max-width:60rem){.places ul{gap:0 .9375rem;font-size:.875rem}.arrow{display:none}.rows tbody th{min-width:8rem}.rows td,.rows th{padding-right:.5rem}.duties th:nth-child(3){width:12.5rem}}
    @media (max-width:48rem){.chain>li,.jobs section{display:block}.jobs{grid-template:none/var(--f)}:root{--c:0rem;--gap:0rem}.page{padding-inline:1rem}
    .bar{grid-template:none/1fr auto;gap:.625rem 1rem}.ask{grid-column:1/-1;grid-row:2}
    h1{font-size:1.375rem}.places a{padding:.1875rem 0 .25rem}.places .apart{margin-left:0}
    .columns,.readas,.columns.dossier{grid-template:none/var(--f)}.columns>*,.columns .middle,.columns.two .middle,.columns.dossier .middle,.columns.dossier .right,.readas .how{grid-column:1!important;grid-row:auto}
    .settings{gap:.125rem}
    .left{border-bottom:var(--h);padding-bottom:.5rem}.fold>summary{display:block;font-weight:600;padding:.25rem 0;color:var(--a);font-size:.9375rem}
    .values li{padding:.25rem 0}.right{margin-top:1.5rem}
    .facts-list div{grid-template:none/5.5rem var(--f);gap:0 .75rem}
    .directive header{padding-left:0}.para{grid-template:none/var(--f);padding:.375rem 0}.para .margin{text-align:left;display:flex;gap:1rem;line-height:1.5}.matches{padding-left:0}.reading .directive+.quotation{padding-left:0}
    .measure{grid-template:none/var(--f) 5.25rem;gap:.125rem .75rem}.measure .of{grid-column:1;text-align:left}.measure .missing{grid-column:2;text-align:right;white-space:nowrap}
    .target h2{grid-template:none/1.25rem 1fr}.target>:not(h2){margin-left:0}
    .terms div,.examples div,.help .examples div{grid-template:none/var(--f);padding:.375rem 0}
    .events tbody th.date{white-space:normal;min-width:0;width:6.25rem;font-size:.8125rem}.pages{padding-left:0}.landing main{padding-top:1.5rem}.landing h1{font-size:1.625rem}.figures{display:grid;grid-template:none/auto auto;justify-content:start;gap:.75rem 3rem}:lang(zh) .events tbody th.date{white-space:nowrap;width:7rem}}
    @container (max-width:36rem){.cards{&,tbody{display:block}thead,.nil{display:none}tbody tr{display:flex!important;flex-wrap:wrap;gap:.125rem 1.125rem;padding:.625rem 0;border-top:0}tbody th{flex:1 0 100%;padding:0;min-width:0!important}td:nth-child(n){padding:0;text-align:left;min-width:0;white-space:normal}[data-of]::before{content:attr(data-of)"\a0";color:var(--s);font-weight:400}}}
    @container (max-width:80rem){.cards-l{&,tbody{display:block}thead,.nil{display:none}tbody tr{display:flex!important;flex-wrap:wrap;gap:.125rem 1.125rem;padding:.625rem 0;border-top:0}tbody th{flex:1 0 100%;padding:0;min-width:0!important}td:nth-child(n){padding:0;text-align:left;min-width:0;white-space:normal}[data-of]::before{content:attr(data-of)"\a0";color:var(--s);font-weight:400}}}
    @container (max-width:36rem){.duties .cards{tbody th{flex:none}td:nth-child(2){flex:1 0 100%}}}
    @media (prefers-contrast:more){:root{--s:var(--i);--l:var(--i)}}
    """#

  /// On paper: no forms, no ways, black on white.
  static let print: StaticString = #"""
    :root{--p:#fff;--i:#000;--s:#444;--l:#bbb;--a:#000;--mark:#eee}.ask,.places,.tongue,.skip,.left,.pages,.ways,.tools,.span,.matches,form,.copy,.para .cite,.without,.remove,.settings,.more:not([open]){display:none!important}
    .columns,.readas{display:block}a{text-decoration:none;color:#000}.page{max-width:none;padding:0}.hit,.para,.target,tr{break-inside:avoid}html{font-size:10.5pt}mark{font-weight:600}
    """#
}
