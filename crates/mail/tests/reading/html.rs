//! HTML: what is left of it, and its plain text.

use crate::support::body;

fn plain(html: &str) -> String {
    body("text/html; charset=utf-8", "8bit", html.as_bytes())
}

fn cleaned(html: &str) -> String {
    let text = format!("From: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}");
    crate::support::understood(text.as_bytes())
        .message
        .words
        .html
        .unwrap_or_default()
}

#[test]
fn the_plain_text_reads_as_the_page_does() {
    let cases = [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<div>One.</div><div>Two.</div>", "One.\nTwo."),
        ("One.<br>Two.<br/>Three.", "One.\nTwo.\nThree."),
        ("<div>One.</div><div><br></div><div>Two.</div>", "One.\n\nTwo."),
        ("<p>one\n two\t three</p>", "one two three"),
        ("<p>a<b>b</b>c <i>d</i></p>", "abc d"),
        ("<ul><li>one<li>two</ul>", "- one\n- two"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        (
            "<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>",
            "- one\n  - inner\n- two",
        ),
        ("before<ul><li>one</li></ul>after", "before\n\n- one\n\nafter"),
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a | b\n1 | 2"),
        ("<table><tr><td>only</td></tr></table>after", "only\n\nafter"),
        (
            "<blockquote>quoted<br>more</blockquote>mine",
            "> quoted\n> more\n\nmine",
        ),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n>> b"),
        ("<h1>Head</h1><p>words</p>", "Head\n\nwords"),
        ("<pre>one\n  two</pre>", "one\n  two"),
        ("a<hr>b", "a\n\n----------\n\nb"),
        (
            "<a href=\"https://uni.example/x\">the page</a>",
            "the page [https://uni.example/x]",
        ),
        (
            "<a href=\"https://uni.example/\">https://uni.example</a>",
            "https://uni.example",
        ),
        ("<a href=\"https://uni.example/\">uni.example</a>", "uni.example"),
        ("<a href=\"mailto:a@b.example\">a@b.example</a>", "a@b.example"),
        ("<a href=\"mailto:a@b.example\">write</a>", "write [a@b.example]"),
        ("<a href=\"javascript:alert(1)\">click</a>", "click"),
        ("<a href=\"/relative\">click</a>", "click"),
        ("<a name=top>anchor</a>", "anchor"),
        ("&lt;b&gt; &amp; &eacute; &#8364; &nbsp;x", "<b> & é €  x"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("</p></div>stray", "stray"),
        ("<style>p{color:red}</style><p>words", "words"),
        ("<script>alert('</p>')</script>words", "words"),
        ("<head><title>Not this</title></head><body>words", "words"),
        ("<!-- hidden -->words<!-- and --", "words"),
        ("<!--[if mso]><p>Office</p><![endif]-->words", "words"),
        ("<?xml version=1?><!DOCTYPE html>words", "words"),
        ("<p>a</p><p><o:p>&nbsp;</o:p></p><p>b</p>", "a\n\nb"),
        ("<img src=\"cid:image001.png@01D\">", "[image001.png]"),
        ("<img src=\"cid:logo\" alt=\"Our logo\">words", "[logo] words"),
        (
            "<img src=\"https://x.example/pixel.gif\" width=1 height=1>words",
            "words",
        ),
        (
            "<img src=\"https://x.example/p.gif\" alt=\"A chart\">words",
            "[A chart] words",
        ),
        ("<form><input value=x><button>Send</button></form>", "Send"),
        ("<textarea>typed</textarea>words", "words"),
        (
            "<a href='https://x.example/?a=1&amp;b=2'>x</a>",
            "x [https://x.example/?a=1&b=2]",
        ),
        ("<a href=https://x.example/>x</a>", "x [https://x.example/]"),
        ("<p title=\"a > b\">words</p>", "words"),
        ("<p title=\"never closed>words</p>", "words"),
        ("words <", "words <"),
        ("", ""),
    ];
    for (html, expected) in cases {
        assert_eq!(plain(html), expected, "{html}");
    }
}

#[test]
fn nothing_that_runs_or_loads_something_is_left() {
    let hostile = [
        "<script>alert(1)</script>x",
        "<img src=x onerror=alert(1)>x",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\" java\nscript:alert(1)\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<p onclick=alert(1) style=\"background:url(https://x.example/)\">x</p>",
        "<iframe src=https://x.example></iframe>x",
        "<object data=https://x.example></object>x",
        "<link rel=stylesheet href=https://x.example>x",
        "<meta http-equiv=refresh content=0>x",
        "<base href=https://x.example>x",
        "<form action=https://x.example><input type=password></form>x",
        "<svg><script>alert(1)</script></svg>x",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>x",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>x",
        "<scr<script>ipt>alert(1)</scr</script>ipt>x",
        "<img src=\"cid:<script>alert(1)</script>@x\">x",
        "<img src=x alt=\"<script>alert(1)</script>\">x",
        "<table background=https://x.example><tr><td>x</table>",
        "<video src=https://x.example autoplay></video>x",
        "<style>@import 'https://x.example';</style>x",
        "<a href=\"https://x.example/\" target=_top ping=https://y.example>x</a>",
    ];
    for html in hostile {
        let clean = cleaned(html);
        let lower = clean.to_lowercase();
        for bad in [
            "<script",
            "<img",
            "<iframe",
            "<object",
            "<link",
            "<meta",
            "<base",
            "<form",
            "<input",
            "<svg",
            "<style",
            "<video",
            " on",
            "style=",
            "src=",
            "background=",
            "ping=",
            "target=",
        ] {
            assert!(!lower.contains(bad), "{bad} in {clean}");
        }
        for tag in lower.split("<a ").skip(1) {
            assert!(
                !tag.starts_with("href=\"java") && !tag.starts_with("href=\"data"),
                "{clean}"
            );
        }
    }
}

#[test]
fn links_say_nothing_about_where_they_stand() {
    assert_eq!(
        cleaned("<a href=\"https://x.example/\" rel=opener>x</a>"),
        "<a href=\"https://x.example/\" rel=\"noopener noreferrer\">x</a>"
    );
}

#[test]
fn hostile_html_takes_no_more_than_it_may() {
    let cases = [
        "<b>".repeat(10_000),
        "<div>".repeat(10_000),
        "<p><b>".repeat(5_000),
        "<table><tr><td>".repeat(2_000),
        "<a href=x><b><p>".repeat(2_000),
        "<".repeat(30_000),
        "<a ".repeat(10_000),
        "<a href=\"".repeat(5_000),
        format!("<a {}>x</a>", "b ".repeat(15_000)),
        "&amp".repeat(10_000),
        "<script>".repeat(5_000),
        "</p>".repeat(10_000),
        format!("{}{}", "<font size=1>".repeat(100), "<p>x".repeat(2_000)),
        "<li>".repeat(5_000),
        "<!--".repeat(8_000),
    ];
    for html in cases {
        let clean = cleaned(&html);
        assert!(clean.len() <= html.len() * 6, "{} of {}", clean.len(), html.len());
        assert!(plain(&html).len() <= html.len() * 2 + 1000);
    }
}
