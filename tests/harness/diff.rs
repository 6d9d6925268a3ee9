//! What differs between two texts, shortly.

/// Differences shown, in lines.
const LIMIT: usize = 12;

/// Nothing when the texts are equal; else the first lines that differ, with the line before them.
pub fn diff(kind: &str, want: &str, got: &str) -> Option<String> {
    if want == got {
        return None;
    }
    let (want, got): (Vec<&str>, Vec<&str>) = (want.split('\n').collect(), got.split('\n').collect());
    let same = want.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let tail = want[same..].iter().rev().zip(got[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let mut text = format!("{kind}: {same} of {} lines agree\n", want.len() - 1);
    if same > 0 {
        line(&mut text, ' ', want[same - 1]);
    }
    for (sign, lines) in [('-', &want[same..want.len() - tail]), ('+', &got[same..got.len() - tail])] {
        lines.iter().take(LIMIT / 2).for_each(|l| line(&mut text, sign, l));
        if lines.len() > LIMIT / 2 {
            line(&mut text, sign, &format!("... {} more lines", lines.len() - LIMIT / 2));
        }
    }
    Some(text)
}

fn line(text: &mut String, sign: char, line: &str) {
    let short: String = line.chars().take(200).collect();
    text.push_str(&format!("    {sign}{short}\n"));
}
