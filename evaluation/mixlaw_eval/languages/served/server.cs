using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Text;

/// A warm mcs under mono. Each line in is {"source": BASE64}; each line out is {"messages": BASE64, "files": {BASE64:
/// BASE64}} (program.exe), without "files" when the program does not compile.
///
/// mcs.exe is loaded once and entered through the method that it offers to callers in the same process, which clears its
/// state after each compilation. It is given the options on the command line, which end in the source file's name, so
/// that a program cannot add any. No code of the program runs here.
static class Server
{
    const string Source = "program.cs";
    const string Program = "program.exe";
    const string Entry = "MixlawSentinel"; // which calls the program's own Main

    static void Main(string[] arguments)
    {
        var compile = Assembly.LoadFrom(arguments[0])
            .GetType("Mono.CSharp.CompilerCallableEntryPoint", true)
            .GetMethod("InvokeCompiler", new[] { typeof(string[]), typeof(TextWriter) });
        var options = new List<string>();
        for (int i = 1; i < arguments.Length; i++)
            options.Add(arguments[i]);
        var answers = new StreamWriter(Console.OpenStandardOutput(), new ASCIIEncoding());
        var requests = new StreamReader(Console.OpenStandardInput(), new ASCIIEncoding());
        Console.SetOut(TextWriter.Null);
        for (string line; (line = requests.ReadLine()) != null;)
        {
            answers.Write(Answer(compile, options, line) + "\n");
            answers.Flush();
        }
    }

    static string Answer(MethodInfo compile, List<string> options, string request)
    {
        int open = request.IndexOf('"', request.IndexOf(':')) + 1;
        string encoded = request.Substring(open, request.IndexOf('"', open) - open);
        byte[] source = Convert.FromBase64String(encoded);
        File.WriteAllBytes(Source, source);
        File.Delete(Program);
        var command = new List<string>(options);
        if (Encoding.UTF8.GetString(source).Contains("class " + Entry))
            command.Add("-main:" + Entry);
        command.AddRange(new[] { "-out:" + Program, Source });
        var messages = new StringWriter(CultureInfo.InvariantCulture);
        bool compiled;
        try
        {
            compiled = (bool)compile.Invoke(null, new object[] { command.ToArray(), messages });
        }
        catch (TargetInvocationException error)
        {
            compiled = false;
            messages.WriteLine("the compiler failed: " + error.InnerException);
        }
        string answer = "{\"messages\":\"" + Encode(new UTF8Encoding(false).GetBytes(messages.ToString())) + "\"";
        if (compiled)
            answer += ",\"files\":{\"" + Encode(Encoding.ASCII.GetBytes(Program)) + "\":\""
                + Encode(File.ReadAllBytes(Program)) + "\"}";
        return answer + "}";
    }

    static string Encode(byte[] bytes)
    {
        return Convert.ToBase64String(bytes);
    }
}
